package io.kafkahdfs.format.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;

/**
 * How a job's settings become a schema registry, the same in driver and tasks. What the file of
 * {@code --schema-registry-config} says travels with the job's credentials, the stores that it
 * names included, so that neither the job's configuration nor the tasks' hosts have it.
 *
 * @param urls the setting of this kind that the job has declared
 * @param config the setting of this kind that the job has declared
 */
public record RegistrySettings(Setting<List<String>> urls, Setting<String> config) {
  private static final Text ALIAS = new Text("schema.registry.config");
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Reads the file and puts it into the credentials, and checks all that can be checked without
   * asking the registry. To be called once, in the driver, before {@link #open}.
   *
   * @throws InvalidSettingException if something of it cannot be used, or there is a file and no
   *     URL
   */
  public void keep(Settings settings, Credentials credentials) throws IOException {
    if (settings.isGiven(config)) {
      Map<String, String> properties = RegistryProperties.read(settings.get(config), config.name());
      credentials.addSecretKey(ALIAS, MAPPER.writeValueAsBytes(properties));
    }
    if (settings.isGiven(urls)) {
      RegistryConfig.of(settings.get(urls), properties(credentials));
    } else if (settings.isGiven(config)) {
      throw new InvalidSettingException(
          config.name() + " is set, and " + urls.name() + " is not. Set both or none.");
    }
  }

  /**
   * The registry. Nobody is asked yet; the driver calls {@link HttpSchemaRegistry#check}.
   *
   * @throws InvalidSettingException if no URL is given
   */
  public HttpSchemaRegistry open(Settings settings, Credentials credentials) throws IOException {
    if (!settings.isGiven(urls)) {
      throw new InvalidSettingException("Set " + urls.name() + " " + urls.label() + ".");
    }
    return new HttpSchemaRegistry(
        RegistryConfig.of(settings.get(urls), properties(credentials)), Pauser.sleeping());
  }

  private static Map<String, String> properties(Credentials credentials) throws IOException {
    byte[] kept = credentials.getSecretKey(ALIAS);
    return kept == null ? Map.of() : MAPPER.readValue(kept, new TypeReference<>() {});
  }
}
