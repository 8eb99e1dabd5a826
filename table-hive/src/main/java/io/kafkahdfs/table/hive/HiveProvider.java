package io.kafkahdfs.table.hive;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.table.TableRequest;
import io.kafkahdfs.consumer.table.TableTarget;
import io.kafkahdfs.consumer.table.TableTargetProvider;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;

/** Opens tables of Hive in the metastore that the configuration names. */
public final class HiveProvider implements TableTargetProvider {
  @Override
  public String kind() {
    return "hive";
  }

  @Override
  public TableTarget open(TableRequest request) throws IOException {
    // With the hive-site.xml of the class path, if there is one; what was given goes before it.
    Configuration configuration = MetastoreConf.newMetastoreConf();
    request.configuration().forEach(each -> configuration.set(each.getKey(), each.getValue()));
    request.properties().forEach(configuration::set);
    String uris = MetastoreConf.getVar(configuration, MetastoreConf.ConfVars.THRIFT_URIS);
    if (uris.isEmpty()) {
      throw new InvalidSettingException(
          "--hive-table needs the metastore's address: -D hive.metastore.uris=thrift://HOST:9083"
              + " before the other options, or -conf with a hive-site.xml that has it.");
    }
    return new HiveTable(request, new Metastore(request.table(), uris, configuration));
  }
}
