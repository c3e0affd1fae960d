package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.http.auth.Client;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.Names;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;

/** One request as a handler sees it: who asks, which thing, and what was sent. */
public final class Exchange {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final HttpRequest request;
  private final Map<String, String> path;
  private final @Nullable Client client;
  private final @Nullable ObjectNode body;
  private final @Nullable String text;
  private final RequestBody bodies;

  Exchange(
      HttpRequest request,
      Map<String, String> path,
      @Nullable Client client,
      @Nullable ObjectNode body,
      @Nullable String text,
      RequestBody bodies) {
    this.request = request;
    this.path = path;
    this.client = client;
    this.body = body;
    this.text = text;
    this.bodies = bodies;
  }

  public HttpRequest request() {
    return request;
  }

  TenantId tenant() {
    return client().tenant();
  }

  /** The name under which what the client writes is kept. */
  String author() {
    return client().author();
  }

  private Client client() {
    if (client == null) {
      throw new IllegalStateException("a public endpoint has no tenant");
    }
    return client;
  }

  Fields fields() {
    if (body == null) {
      throw new IllegalStateException("the endpoint takes no body");
    }
    return new Fields(body);
  }

  /** The body as it was written, of an endpoint that takes a text. */
  String text() {
    if (text == null) {
      throw new IllegalStateException("the endpoint takes no text");
    }
    return text;
  }

  /**
   * Reads the JSON object of an endpoint that takes a large one, as the bytes it came in.
   *
   * @param maxBytes of it; a longer one is refused without being read to its end
   * @param timeout until the last byte
   */
  CompletionStage<byte[]> large(int maxBytes, Duration timeout) {
    return bodies.bytes(request, maxBytes, timeout);
  }

  /**
   * Writes the body to a file of its own as it comes; whoever asks deletes it.
   *
   * @param mediaTypes what the body may be
   * @param maxBytes of it; a longer one is refused without being read to its end
   * @param timeout until the last byte
   */
  CompletionStage<Path> file(Set<String> mediaTypes, int maxBytes, Duration timeout) {
    return bodies.file(request, mediaTypes, maxBytes, timeout);
  }

  public Query query() {
    return Query.of(request.getUri());
  }

  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the template has no {" + name + "}");
    }
    return value;
  }

  AgentId agent() {
    return id(name -> new AgentId(tenant(), name));
  }

  QueueId queue() {
    return id(name -> new QueueId(tenant(), name));
  }

  CallId call() {
    return id(channel -> new CallId(tenant(), channel));
  }

  LotId lot() {
    return id(name -> new LotId(tenant(), name));
  }

  /** A leg of a call. */
  LegId leg() {
    return named("leg", LegId::new);
  }

  /** An agent that is not what the path is about. */
  AgentId supervisor() {
    return named("agent", name -> new AgentId(tenant(), name));
  }

  SwitchId link() {
    return id(SwitchId::new);
  }

  PhoneNumber number() {
    return id(PhoneNumber::new);
  }

  /** A calendar's name. */
  String calendar() {
    return id(name -> Names.name("calendar", name));
  }

  /**
   * Which of the tenant's plans.
   *
   * @param parse which names are allowed here
   */
  PlanName plan(Function<String, PlanName> parse) {
    return named("version", parse);
  }

  private <T> T id(Function<String, T> make) {
    return named("id", make);
  }

  /** The UUID in a segment, in lower case. */
  String uuid(String segment) {
    return named(
        segment,
        text -> {
          if (!UUID.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a UUID, got '" + text + "'");
          }
          return text.toLowerCase(Locale.ROOT);
        });
  }

  /** The name in a segment. */
  String name(String segment) {
    return named(segment, text -> Names.name(segment, text));
  }

  /** What a segment says, made into something; an error names the segment. */
  <T> T named(String segment, Function<String, T> make) {
    try {
      return make.apply(path(segment));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field(segment, Fields.reason(e)));
    }
  }
}
