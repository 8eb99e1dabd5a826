package io.kafkahdfs.testkit.rest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * Serves Iceberg's REST catalog on the loopback address, from a catalog in a database, and the rows
 * of its tables: {@code PORT DATABASE WAREHOUSE}.
 */
public final class RestCatalogServer {
  private RestCatalogServer() {}

  public static void main(String[] args) throws Exception {
    Catalog behind =
        CatalogUtil.buildIcebergCatalog(
            "behind",
            Map.of("type", "jdbc", "uri", "jdbc:sqlite:" + args[1], "warehouse", args[2]),
            new Configuration());
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(behind))), "/*");
    context.addServlet(new ServletHolder(new RowsServlet(behind)), "/rows");
    Server server =
        new Server(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
    server.setHandler(context);
    server.start();
    server.join();
  }
}
