package tandem.persistence.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real S3 server for tests: S3Proxy over a folder, in a child JVM, on the loopback. It refuses
 * what is not signed with its key (AWS Signature Version 4).
 */
public final class LocalS3 implements AutoCloseable {
  /** The account that may do everything. */
  public static final String ACCESS_KEY = "tandem-test";

  public static final String SECRET_KEY = "not-a-secret";

  /** The one bucket. */
  public static final String BUCKET = "media";

  private static final String PROPERTIES =
      """
      s3proxy.endpoint=http://127.0.0.1:@port@
      s3proxy.authorization=aws-v4
      s3proxy.identity=@key@
      s3proxy.credential=@secret@
      jclouds.provider=filesystem
      jclouds.identity=nobody
      jclouds.credential=nothing
      jclouds.filesystem.basedir=@dir@/data
      """;

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private final LocalServer server;

  private LocalS3(LocalServer server) {
    this.server = server;
  }

  /** Starts it with an empty bucket; returns when it answers. */
  public static LocalS3 start(Path folder) {
    Path dir = folder.toAbsolutePath();
    String classPath = LocalClassPath.of("local-s3");
    return new LocalS3(
        LocalServer.start(
            new ServerSpec(
                "S3Proxy",
                dir,
                Map.of(ServerSpec.CLIENT_PORT, 0),
                Probe.HTTP,
                Lifetime.WITH_PARENT,
                true,
                64L * 1024 * 1024,
                Duration.ofSeconds(60),
                ports -> {
                  Files.createDirectories(dir.resolve("data").resolve(BUCKET));
                  Path properties = dir.resolve("conf/s3proxy.conf");
                  Files.writeString(
                      properties,
                      PROPERTIES
                          .replace("@port@", ports.get(ServerSpec.CLIENT_PORT).toString())
                          .replace("@key@", ACCESS_KEY)
                          .replace("@secret@", SECRET_KEY)
                          .replace("@dir@", dir.toString()));
                  Path logback = dir.resolve("conf/logback.xml");
                  Files.writeString(logback, LOGBACK);
                  return new ServerSpec.Command(
                      List.of(
                          "-Xmx128m",
                          "-XX:+UseSerialGC",
                          "-XX:TieredStopAtLevel=1",
                          "-Dlogback.configurationFile=" + logback.toUri()),
                      classPath,
                      "org.gaul.s3proxy.Main",
                      List.of("--properties", properties.toString()));
                })));
  }

  /** What clients take as the endpoint. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.port(ServerSpec.CLIENT_PORT);
  }

  @Override
  public void close() {
    server.stop();
  }
}
