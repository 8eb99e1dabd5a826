package io.kafkahdfs.consumer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's Chromium without a window, for pages in files. It finds no host by its name. */
final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  Browser() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        // Root has no sandbox, a container may have little shared memory and no graphics.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver"))
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options);
  }

  private static File program(String... names) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "There is no "
                        + names[0]
                        + " to look at pages with. Install it: apt-get install -y chromium"
                        + " chromium-driver. Or leave these tests out: -Dbrowser.tests=no"))
        .toFile();
  }

  /** Opens a page in a window of this size, as it looks by day or by night. */
  void open(Path page, int width, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", false));
    look(dark);
    log(LogType.BROWSER);
    log(LogType.PERFORMANCE);
    driver.get(page.toUri().toString());
  }

  /** Changes between day and night under the page's feet. */
  void look(boolean dark) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** Runs JavaScript that ends with a {@code return}. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What the page wrote on its console since it was opened. */
  List<String> console() {
    return log(LogType.BROWSER);
  }

  /** The addresses that were asked for since the page was opened. */
  List<String> requests() throws IOException {
    List<String> requests = new ArrayList<>();
    for (String line : log(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(line).get("message");
      if (message.get("method").asText().equals("Network.requestWillBeSent")) {
        requests.add(message.at("/params/request/url").asText());
      }
    }
    return requests;
  }

  private List<String> log(String type) {
    return driver.manage().logs().get(type).getAll().stream().map(LogEntry::getMessage).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
