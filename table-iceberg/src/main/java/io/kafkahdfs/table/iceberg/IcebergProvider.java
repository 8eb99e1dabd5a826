package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.table.TableRequest;
import io.kafkahdfs.consumer.table.TableTarget;
import io.kafkahdfs.consumer.table.TableTargetProvider;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** Opens tables of Iceberg by the properties of their catalogs. */
public final class IcebergProvider implements TableTargetProvider {
  private static final String CATALOGS = "iceberg.catalog.";

  @Override
  public String kind() {
    return "iceberg";
  }

  @Override
  public TableTarget open(TableRequest request) throws IOException {
    int dot = request.table().indexOf('.');
    String catalog = request.table().substring(0, dot);
    TableIdentifier table = TableIdentifier.parse(request.table().substring(dot + 1));
    String prefix = CATALOGS + catalog + ".";
    Map<String, String> properties = new TreeMap<>();
    Configuration configuration = new Configuration(request.configuration());
    request
        .properties()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                properties.put(key.substring(prefix.length()), value);
              } else if (!key.startsWith(CATALOGS)) {
                // Some catalogs look for theirs here, such as iceberg.engine.hive.lock-enabled.
                configuration.set(key, value);
              }
            });
    if (!properties.containsKey(CatalogUtil.ICEBERG_CATALOG_TYPE)
        && !properties.containsKey(CatalogProperties.CATALOG_IMPL)) {
      throw new InvalidSettingException(
          "Set the properties of the catalog "
              + catalog
              + ", with -D before the other options: "
              + prefix
              + "type (hadoop, jdbc, rest or hive) or "
              + prefix
              + "catalog-impl, and what that takes, such as "
              + prefix
              + "warehouse or "
              + prefix
              + "uri.");
    }
    try {
      Catalog opened = CatalogUtil.buildIcebergCatalog(catalog, properties, configuration);
      return new IcebergTable(request, opened, table);
    } catch (RuntimeException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Cannot open the catalog "
              + catalog
              + ": "
              + Messages.of(e)
              + " Its properties are "
              + prefix
              + "*: "
              + String.join(", ", properties.keySet())
              + ".",
          e);
    }
  }
}
