package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tandem.http.json.Problem;

/**
 * The single owner of which request belongs to which {@link Endpoint}. A literal segment goes
 * before one that varies.
 */
public final class RouteTable {
  /** Where a path leads, by method. */
  record Match(Map<String, Endpoint> byMethod, Map<String, String> path, String template) {
    /** What may be asked of the path, HEAD and OPTIONS included. */
    List<String> allowed() {
      List<String> allowed = new ArrayList<>(byMethod.keySet());
      if (byMethod.containsKey("GET")) {
        allowed.add("HEAD");
      }
      allowed.add("OPTIONS");
      allowed.sort(Comparator.naturalOrder());
      return allowed;
    }
  }

  private record Template(String text, List<String> segments, Map<String, Endpoint> byMethod) {
    long variables() {
      return segments.stream().filter(RouteTable::varies).count();
    }
  }

  private final List<Endpoint> endpoints;
  private final List<Template> templates;

  public RouteTable(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    Map<String, Template> byText = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      Template template =
          byText.computeIfAbsent(
              endpoint.template(), text -> new Template(text, split(text), new HashMap<>()));
      if (template.byMethod().put(endpoint.method(), endpoint) != null) {
        throw new IllegalArgumentException(
            endpoint.method() + ' ' + endpoint.template() + " is in the table twice");
      }
    }
    this.templates =
        byText.values().stream().sorted(Comparator.comparingLong(Template::variables)).toList();
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The endpoints of a path; empty when the path is unknown. */
  Optional<Match> match(HttpRequest request) {
    String path = request.getUri().getPathString();
    if (path.contains("//") || (path.length() > 1 && path.endsWith("/"))) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    request.getUri().pathSegments().forEach(segments::add);
    for (Template template : templates) {
      Map<String, String> values = new HashMap<>();
      if (fits(template.segments(), segments, values)) {
        return Optional.of(new Match(template.byMethod(), values, template.text()));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(
      List<String> template, List<String> path, Map<String, String> values) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      String expected = template.get(i);
      if (varies(expected)) {
        values.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean varies(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> split(String template) {
    return Pattern.compile("/").splitAsStream(template).filter(s -> !s.isEmpty()).toList();
  }

  /** For logs and metrics: the template, never the path, which a client could make endless. */
  static String label(Optional<Match> match) {
    return match.map(Match::template).orElse("unknown");
  }

  /** An answer for what no endpoint is asked about. */
  static HttpResponse unknown(HttpRequest request) {
    return Replies.problem(
        Problem.of(404, "There is nothing at '" + cut(request.getUri().getPathString()) + "'."));
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
