package io.kafkahdfs.testkit.tools;

import io.kafkahdfs.testkit.kafka.BrokerConsole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Changes topics' own configurations, in the way that each Kafka has for it. */
final class TopicConfigs {
  private final BrokerVersion version;
  private final Admin admin;
  private final BrokerConsole console;

  TopicConfigs(BrokerVersion version, Admin admin, BrokerConsole console) {
    this.version = version;
    this.admin = admin;
    this.console = console;
  }

  /**
   * Changes one line.
   *
   * @param broker any broker's id
   */
  void set(int broker, String topic, String name, String value) throws IOException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    ConfigEntry entry = new ConfigEntry(name, value);
    if (version.changesConfigsInPart()) {
      AlterConfigOp change = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
      Patience.answer(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
    } else if (version.changesConfigs()) {
      replace(resource, entry);
    } else {
      console.ask(broker, "configure " + topic + " " + name + " " + value);
    }
  }

  /** Sends the whole configuration again, as brokers before 2.3 need it. */
  @SuppressWarnings("deprecation")
  private void replace(ConfigResource resource, ConfigEntry entry) throws IOException {
    Config before = Patience.answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
    List<ConfigEntry> entries = new ArrayList<>();
    for (ConfigEntry old : before.entries()) {
      if (!old.isDefault() && !old.name().equals(entry.name())) {
        entries.add(old);
      }
    }
    entries.add(entry);
    Patience.answer(admin.alterConfigs(Map.of(resource, new Config(entries))).all());
  }
}
