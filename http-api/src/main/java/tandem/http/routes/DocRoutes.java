package tandem.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;

/**
 * {@code /openapi.yaml} and {@code /docs}. The few files are read when the node starts, so that no
 * path of a request ever names a resource.
 */
final class DocRoutes {
  private static final String WEBJAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String OURS = "tandem/http/docs/";
  private static final ContentType YAML =
      MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8).toContentType();
  private static final ContentType SCRIPT =
      MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8);
  private static final ContentType STYLE = MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);
  private static final ContentType PNG = MediaTypes.IMAGE_PNG.toContentType();

  /** Nothing from anywhere else, and no other page may frame it. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";

  private record Page(ContentType type, ByteString content) {}

  private final Page openapi;
  private final Page index;
  private final Map<String, Page> files = new LinkedHashMap<>();

  DocRoutes() {
    openapi = new Page(YAML, resource("openapi.yaml"));
    index = new Page(ContentTypes.TEXT_HTML_UTF8, resource(OURS + "index.html"));
    files.put("init.js", new Page(SCRIPT, resource(OURS + "init.js")));
    String webjar = "META-INF/resources/webjars/swagger-ui/" + webjarVersion() + '/';
    files.put("swagger-ui.css", new Page(STYLE, resource(webjar + "swagger-ui.css")));
    files.put("swagger-ui-bundle.js", new Page(SCRIPT, resource(webjar + "swagger-ui-bundle.js")));
    files.put("favicon-32x32.png", new Page(PNG, resource(webjar + "favicon-32x32.png")));
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("/openapi.yaml", exchange -> page(openapi)),
        Endpoint.open("/docs", exchange -> page(index)),
        Endpoint.open("/docs/{file}", this::file));
  }

  private CompletionStage<HttpResponse> file(Exchange exchange) {
    Page page = files.get(exchange.path("file"));
    if (page == null) {
      throw new ProblemException(Problem.of(404, "There is no such document."));
    }
    return page(page);
  }

  private static CompletionStage<HttpResponse> page(Page page) {
    return Replies.now(
        HttpResponse.create()
            .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
            .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
            .withEntity(HttpEntities.create(page.type(), page.content())));
  }

  private static String webjarVersion() {
    Properties properties = new Properties();
    try (InputStream in = open(WEBJAR)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(WEBJAR, e);
    }
    return properties.getProperty("version", "");
  }

  private static ByteString resource(String name) {
    try (InputStream in = open(name)) {
      return ByteString.fromArray(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = DocRoutes.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the class path has no " + name);
    }
    return in;
  }
}
