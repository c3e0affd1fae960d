package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.json.Words;
import tandem.http.port.RouterPort;
import tandem.router.agent.Agent;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.Contact;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.feed.AgentView;

/** {@code /api/v1/agents}. */
final class AgentRoutes {
  private static final String ALL = "/api/v1/agents";
  private static final String ONE = ALL + "/{id}";
  private static final int MAX_REASON = 100;

  private final RouterPort router;
  private final Listed listed;
  private final DirectoryPages pages;
  private final KnownQueues queues;

  AgentRoutes(RouterPort router, Materializer materializer) {
    this.router = router;
    this.listed = new Listed(router, materializer);
    this.pages = new DirectoryPages(router, materializer);
    this.queues = new KnownQueues(router);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.send("POST", ALL, this::create),
        Endpoint.get(ONE, this::one),
        Endpoint.send("PUT", ONE, this::replace),
        Endpoint.send("PATCH", ONE, this::change),
        Endpoint.send("PUT", ONE + "/state", this::state));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    return pages.page(
        exchange,
        Directory.Listing::agents,
        name ->
            router
                .agent(new AgentId(exchange.tenant(), name))
                .thenApply(reply -> Optional.ofNullable(reply.view()).map(Wire::agent)));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    AgentId id = exchange.agent();
    return existing(id).thenApply(view -> Replies.json(200, Wire.agent(view)));
  }

  private CompletionStage<HttpResponse> create(Exchange exchange) {
    exchange.query().finish();
    Fields fields = exchange.fields().required("id", "displayName", "contact");
    Optional<AgentId> id = fields.text("id", name -> new AgentId(exchange.tenant(), name));
    Agent.Profile profile = profile(fields, null);
    AgentId agent = id.orElseThrow();
    return queues
        .check(exchange.tenant(), "queues", profile.queues())
        .thenCompose(ok -> router.saveAgent(agent, profile, true))
        .thenCompose(reply -> listed.until(agent).thenApply(done -> reply))
        .thenApply(
            reply -> {
              if (reply instanceof Agent.Saved saved) {
                return Replies.created(ALL + '/' + agent.name(), Wire.agent(saved.view()));
              }
              throw new ProblemException(
                  Problem.of(409, "There is an agent '" + agent.name() + "' already."));
            });
  }

  private CompletionStage<HttpResponse> replace(Exchange exchange) {
    exchange.query().finish();
    AgentId id = exchange.agent();
    Agent.Profile profile = profile(exchange.fields().required("displayName", "contact"), null);
    return existing(id).thenCompose(before -> save(exchange, id, profile));
  }

  private CompletionStage<HttpResponse> change(Exchange exchange) {
    exchange.query().finish();
    AgentId id = exchange.agent();
    return existing(id)
        .thenCompose(before -> save(exchange, id, profile(exchange.fields(), before)));
  }

  private CompletionStage<HttpResponse> save(Exchange exchange, AgentId id, Agent.Profile profile) {
    return queues
        .check(exchange.tenant(), "queues", profile.queues())
        .thenCompose(ok -> router.saveAgent(id, profile, false))
        .thenApply(
            reply -> {
              if (reply instanceof Agent.Saved saved) {
                return Replies.json(200, Wire.agent(saved.view()));
              }
              throw new IllegalStateException("a save of an existing agent was refused: " + reply);
            });
  }

  private CompletionStage<HttpResponse> state(Exchange exchange) {
    exchange.query().finish();
    AgentId id = exchange.agent();
    Fields fields = exchange.fields().required("presence");
    Optional<Presence> presence =
        fields.text("presence", word -> Words.parse(Presence.class, word));
    String reason = fields.text("reason", text -> within(text, MAX_REASON)).orElse(null);
    fields.finish();
    return listed
        .agent(id)
        .thenCompose(there -> router.setPresence(id, presence.orElseThrow(), reason))
        .thenApply(
            reply -> {
              if (reply instanceof Agent.PresenceChanged changed) {
                return Replies.json(200, Wire.agent(changed.view()));
              }
              throw new ProblemException(Problem.notFound("agent", id.name()));
            });
  }

  /** The profile in the fields; what is not given is as {@code before}, or as the default is. */
  private static Agent.Profile profile(Fields fields, @Nullable AgentView before) {
    String noName = before == null ? "-" : before.displayName();
    Contact noContact = before == null ? new Contact("sip:nobody@sim.invalid") : before.contact();
    Optional<String> displayName =
        fields.text("displayName", t -> with(t, noContact, List.of(), 1).displayName());
    Optional<Contact> contact = fields.text("contact", Contact::new);
    Optional<List<String>> queues = fields.texts("queues", AgentRoutes::queueName);
    Optional<Integer> capacity =
        fields.integer("capacity", c -> with("-", noContact, List.of(), c).capacity());
    if (queues.isPresent() && queues.get().stream().distinct().count() < queues.get().size()) {
      fields.error("queues", "must not name a queue twice");
    } else if (queues.isPresent() && queues.get().size() > 50) {
      fields.error("queues", "must be at most 50, got " + queues.get().size());
    }
    Optional<PhoneNumber> callerId = fields.text("callerId", PhoneNumber::new);
    Traits traits = TraitFields.traits(fields, before == null ? Traits.NONE : before.traits());
    fields.finish();
    return new Agent.Profile(
        displayName.orElse(noName),
        contact.orElse(noContact),
        queues.orElse(before == null ? List.of() : before.queues()),
        capacity.orElse(before == null ? 1 : before.capacity()),
        traits,
        callerId.orElse(before == null ? null : before.callerId()));
  }

  private static Agent.Profile with(
      String displayName, Contact contact, List<String> queues, int capacity) {
    return new Agent.Profile(displayName, contact, queues, capacity, Traits.NONE);
  }

  private static String queueName(String name) {
    return new QueueId(new TenantId("any"), name).name();
  }

  private static String within(String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException("must be 1 to " + most + " characters");
    }
    return text;
  }

  private CompletionStage<AgentView> existing(AgentId id) {
    return listed
        .agent(id)
        .thenCompose(there -> router.agent(id))
        .thenApply(
            reply -> {
              AgentView view = reply.view();
              if (view == null) {
                throw new ProblemException(Problem.notFound("agent", id.name()));
              }
              return view;
            });
  }
}
