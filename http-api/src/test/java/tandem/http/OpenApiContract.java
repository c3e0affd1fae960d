package tandem.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds requests and responses against openapi.yaml, with the JSON Schema 2020-12 that OpenAPI 3.1
 * is built on. Remembers which operations and statuses were seen.
 */
final class OpenApiContract {
  private static final String ROOT = "https://tandem.test/openapi";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, JsonSchema> byPointer = new ConcurrentHashMap<>();
  private final Set<String> exercised = ConcurrentHashMap.newKeySet();

  OpenApiContract() {
    try (var in = OpenApiContract.class.getResourceAsStream("/openapi.yaml")) {
      document = new ObjectMapper(new YAMLFactory()).readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("openapi.yaml is not YAML", e);
    }
    String text = document.toString();
    schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(ROOT, text))));
  }

  /** Every operation the document has, as {@code "GET /api/v1/agents"}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey());
                          }
                        }));
    return operations;
  }

  /** The operations that were checked with a success. */
  Set<String> exercised() {
    return new TreeSet<>(exercised);
  }

  /** Operations below one of some paths that were not checked with a success. */
  Set<String> left(String... paths) {
    Set<String> left = operations();
    left.removeAll(exercised);
    left.removeIf(
        one -> Arrays.stream(paths).noneMatch(path -> one.matches("[A-Z]+ " + path + "(/.*)?")));
    return left;
  }

  /** The words a named schema allows. */
  List<String> words(String schema) {
    List<String> words = new ArrayList<>();
    document.at("/components/schemas/" + schema + "/enum").forEach(one -> words.add(one.asText()));
    return words;
  }

  /** What is wrong with a value of a named schema; empty when nothing is. */
  List<String> check(String schema, JsonNode value) {
    return validate("/components/schemas/" + schema, value);
  }

  /**
   * What is wrong with an exchange.
   *
   * @param validRequest whether the request should fit, too (tests also send wrong ones)
   */
  List<String> check(
      String method,
      URI uri,
      Optional<String> body,
      boolean validRequest,
      int status,
      Map<String, List<String>> headers,
      String contentType,
      String responseBody) {
    List<String> wrong = new ArrayList<>();
    Optional<String> template = template(uri.getPath(), method);
    if (template.isEmpty()) {
      boolean problem = contentType.equals("application/problem+json");
      return problem && (status == 404 || status == 405)
          ? check("Problem", read(responseBody))
          : List.of("an undocumented path answered " + status + " as " + contentType);
    }
    String at = "/paths/" + escape(template.get());
    JsonNode operation = resolve(at + '/' + method.toLowerCase(Locale.ROOT));
    if (validRequest) {
      parameters(at, method.toLowerCase(Locale.ROOT), template.get(), uri, wrong);
      requestBody(at + '/' + method.toLowerCase(Locale.ROOT), operation, body, wrong);
    }
    String responses = at + '/' + method.toLowerCase(Locale.ROOT) + "/responses/" + status;
    JsonNode response = document.at(responses);
    if (response.isMissingNode()) {
      wrong.add(method + ' ' + template.get() + " must not answer " + status);
      return wrong;
    }
    if (response.has("$ref")) {
      responses = response.get("$ref").asText().substring(1);
      response = document.at(responses);
    }
    responseHeaders(response, headers, wrong);
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      if (!responseBody.isEmpty()) {
        wrong.add("status " + status + " must have no body");
      }
    } else if (!content.has(contentType)) {
      wrong.add("status " + status + " must not be " + contentType);
    } else if (content.get(contentType).has("schema")) {
      String schema = responses + "/content/" + escape(contentType) + "/schema";
      if (contentType.equals("application/x-ndjson")) {
        responseBody.lines().forEach(line -> wrong.addAll(validate(schema, read(line))));
      } else {
        wrong.addAll(validate(schema, read(responseBody)));
      }
    }
    if (status < 400 && wrong.isEmpty()) {
      exercised.add(method + ' ' + template.get());
    }
    return wrong;
  }

  private void parameters(String at, String method, String template, URI uri, List<String> wrong) {
    List<JsonNode> declared = new ArrayList<>();
    List<String> pointers = new ArrayList<>();
    collect(at + "/parameters", declared, pointers);
    collect(at + '/' + method + "/parameters", declared, pointers);
    List<String> given = new ArrayList<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String name = pair.substring(0, pair.indexOf('='));
        String value =
            URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
        given.add(name);
        check("query", name, value, declared, pointers, wrong);
      }
    }
    String[] templated = template.split("/", -1);
    String[] actual = uri.getPath().split("/", -1);
    for (int i = 0; i < templated.length; i++) {
      if (templated[i].startsWith("{")) {
        String name = templated[i].substring(1, templated[i].length() - 1);
        check("path", name, actual[i], declared, pointers, wrong);
      }
    }
    for (JsonNode parameter : declared) {
      if (parameter.path("in").asText().equals("query")
          && parameter.path("required").asBoolean()
          && !given.contains(parameter.get("name").asText())) {
        wrong.add("parameter " + parameter.get("name").asText() + " is required");
      }
    }
  }

  private void collect(String pointer, List<JsonNode> declared, List<String> pointers) {
    JsonNode list = document.at(pointer);
    for (int i = 0; i < list.size(); i++) {
      String one = pointer + '/' + i;
      if (list.get(i).has("$ref")) {
        one = list.get(i).get("$ref").asText().substring(1);
      }
      declared.add(document.at(one));
      pointers.add(one);
    }
  }

  private void check(
      String in,
      String name,
      String value,
      List<JsonNode> declared,
      List<String> pointers,
      List<String> wrong) {
    for (int i = 0; i < declared.size(); i++) {
      JsonNode parameter = declared.get(i);
      if (parameter.get("name").asText().equals(name) && parameter.get("in").asText().equals(in)) {
        boolean number = parameter.path("schema").path("type").asText().equals("integer");
        JsonNode node =
            number && value.matches("-?[0-9]{1,9}")
                ? IntNode.valueOf(Integer.parseInt(value))
                : TextNode.valueOf(value);
        wrong.addAll(validate(pointers.get(i) + "/schema", node));
        return;
      }
    }
    wrong.add("the " + in + " parameter " + name + " is not documented");
  }

  private void requestBody(
      String at, JsonNode operation, Optional<String> body, List<String> wrong) {
    boolean declared = operation.has("requestBody");
    if (declared && body.isPresent()) {
      if (operation.at("/requestBody/content/application~1json").has("schema")) {
        wrong.addAll(
            validate(at + "/requestBody/content/application~1json/schema", read(body.get())));
      }
    } else if (body.isPresent()) {
      wrong.add("the request must not have a body");
    } else if (operation.at("/requestBody/required").asBoolean()) {
      wrong.add("the request must have a body");
    }
  }

  private void responseHeaders(
      JsonNode response, Map<String, List<String>> headers, List<String> wrong) {
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                wrong.add("the header " + name + " is missing");
              }
            });
  }

  private Optional<String> template(String path, String method) {
    String[] actual = path.split("/", -1);
    List<String> fitting = new ArrayList<>();
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            entry -> {
              String[] segments = entry.getKey().split("/", -1);
              if (segments.length == actual.length
                  && entry.getValue().has(method.toLowerCase(Locale.ROOT))) {
                for (int i = 0; i < segments.length; i++) {
                  if (!segments[i].startsWith("{") && !segments[i].equals(actual[i])) {
                    return;
                  }
                }
                fitting.add(entry.getKey());
              }
            });
    return fitting.stream().min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")));
  }

  private List<String> validate(String pointer, JsonNode value) {
    JsonSchema schema =
        byPointer.computeIfAbsent(
            pointer,
            p ->
                schemas.getSchema(
                    SchemaLocation.of(ROOT + '#' + p),
                    SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build()));
    return schema.validate(value).stream().map(ValidationMessage::getMessage).toList();
  }

  private JsonNode resolve(String pointer) {
    return document.at(pointer);
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  private static String escape(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }
}
