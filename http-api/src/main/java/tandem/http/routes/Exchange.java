package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;

/** One request as a handler sees it: who asks, which thing, and what was sent. */
public final class Exchange {
  private final HttpRequest request;
  private final Map<String, String> path;
  private final @Nullable TenantId tenant;
  private final @Nullable ObjectNode body;

  Exchange(
      HttpRequest request,
      Map<String, String> path,
      @Nullable TenantId tenant,
      @Nullable ObjectNode body) {
    this.request = request;
    this.path = path;
    this.tenant = tenant;
    this.body = body;
  }

  public HttpRequest request() {
    return request;
  }

  TenantId tenant() {
    if (tenant == null) {
      throw new IllegalStateException("a public endpoint has no tenant");
    }
    return tenant;
  }

  Fields fields() {
    if (body == null) {
      throw new IllegalStateException("the endpoint takes no body");
    }
    return new Fields(body);
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

  SwitchId link() {
    return id(SwitchId::new);
  }

  PhoneNumber number() {
    return id(PhoneNumber::new);
  }

  private <T> T id(Function<String, T> make) {
    try {
      return make.apply(path("id"));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field("id", Fields.reason(e)));
    }
  }
}
