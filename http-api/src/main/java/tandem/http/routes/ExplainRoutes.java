package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.ActionJson;
import tandem.http.json.Fields;
import tandem.http.json.PlanWire;
import tandem.http.port.RouterPort;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.geo.Origin;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;

/** {@code /api/v1/plans/{version}/explain}: what a plan would do with a call. Changes nothing. */
final class ExplainRoutes {
  private static final int MAX_NUMBER = 100;

  /** No rule can ask for the id of the call. */
  private static final String NO_CALL = "00000000-0000-0000-0000-000000000000";

  private final PlanDocuments documents;
  private final PlanReads reads;
  private final Clock clock;

  ExplainRoutes(RouterPort router, PlanReads reads, Clock clock) {
    this.documents = new PlanDocuments(router);
    this.reads = reads;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.send("POST", PlanRoutes.ONE + "/explain", this::explain));
  }

  /** The call somebody asks about. */
  private record Asked(String from, String to, Instant at, Attributes attributes) {}

  private CompletionStage<HttpResponse> explain(Exchange exchange) {
    exchange.query().finish();
    PlanName name = exchange.plan(PlanName::parse);
    Asked asked = asked(exchange.fields().required("from", "to"));
    return documents
        .find(exchange.tenant(), name)
        .thenCompose(
            document ->
                reads
                    .stored(document)
                    .thenCompose(plan -> reads.run(() -> answer(document, plan, asked))))
        .thenApply(explanation -> Replies.json(200, explanation));
  }

  private Asked asked(Fields fields) {
    Optional<String> from = fields.text("from", text -> within(text, 0));
    Optional<String> to = fields.text("to", text -> within(text, 1));
    Optional<Instant> at = fields.text("at", Query::momentOf);
    Optional<Attributes> attributes = TraitFields.attributes(fields);
    fields.finish();
    return new Asked(
        from.orElse(""),
        to.orElse(""),
        at.orElseGet(clock::instant),
        attributes.orElse(Attributes.NONE));
  }

  private static String within(String text, int least) {
    if (text.length() < least || text.length() > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "must be " + least + " to " + MAX_NUMBER + " characters, got " + text.length());
    }
    return text;
  }

  private static PlanWire.Explanation answer(PlanDocument document, Plan plan, Asked asked) {
    // As for a call that arrives: a caller's number without a country code is one of the country
    // that was called.
    Origin origin = Geography.ofCaller(asked.from(), asked.to());
    Caller caller =
        new Caller(
            NO_CALL,
            asked.from(),
            asked.to(),
            origin.country(),
            origin.region(),
            origin.timeZone(),
            asked.at(),
            asked.attributes());
    Optional<Routing> routing =
        Router.route(
            new PlanInForce(document.number(), plan, document.manuals()), caller, asked.at());
    @Nullable Long revision = document.version() == null ? document.revision() : null;
    return routing
        .map(
            r ->
                new PlanWire.Explanation(
                    document.version(),
                    revision,
                    asked.at(),
                    r.number(),
                    PlanWire.call(r.caller()),
                    PlanWire.rules(plan, r.taken()),
                    r.announcements(),
                    ActionJson.of(r.action())))
        .orElseGet(
            () ->
                new PlanWire.Explanation(
                    document.version(),
                    revision,
                    asked.at(),
                    null,
                    PlanWire.call(caller),
                    List.of(),
                    List.of(),
                    null));
  }
}
