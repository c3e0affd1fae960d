package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Fields;
import tandem.http.json.PlanWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.http.routes.Endpoint.TextForm;
import tandem.router.domain.plan.Plan;
import tandem.router.plan.RoutingPlan;
import tandem.router.plan.document.PlanLimits;
import tandem.router.plan.document.PlanProblem;
import tandem.router.plan.document.PlanReading;

/** {@code /api/v1/plans/draft}: the plan that is being written, until it is published. */
final class DraftRoutes {
  private static final String DRAFT = PlanRoutes.ALL + "/draft";
  private static final TextForm PLAN = new TextForm("application/json", PlanLimits.BYTES);
  private static final int MAX_COMMENT = 500;

  private final RouterPort router;
  private final PlanDocuments documents;
  private final PlanReads reads;

  DraftRoutes(RouterPort router, PlanReads reads) {
    this.router = router;
    this.documents = new PlanDocuments(router);
    this.reads = reads;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(DRAFT, this::one),
        Endpoint.sendText("PUT", DRAFT, PLAN, this::save),
        Endpoint.sendText("POST", PlanRoutes.ALL + "/validate", PLAN, this::validate),
        Endpoint.send("POST", DRAFT + "/publish", this::publish));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    return documents.find(exchange.tenant(), new PlanName(null, true)).thenApply(Replies::document);
  }

  private CompletionStage<HttpResponse> save(Exchange exchange) {
    exchange.query().finish();
    long revision = Preconditions.draftOrNone(exchange);
    return reads
        .read(exchange.text())
        .thenCompose(
            reading -> {
              refuseErrors(reading);
              return router
                  .savePlanDraft(exchange.tenant(), exchange.text(), revision, exchange.author())
                  .thenApply(reply -> saved(reply, revision == 0, reading));
            });
  }

  private static void refuseErrors(PlanReading reading) {
    if (reading.hasErrors()) {
      throw new ProblemException(
          Problem.document(400, "The document is no plan", PlanWire.errors(reading.problems())));
    }
  }

  private static HttpResponse saved(
      RoutingPlan.DraftReply reply, boolean isNew, PlanReading reading) {
    if (reply instanceof RoutingPlan.Overtaken overtaken) {
      throw Preconditions.draftIs(overtaken.now());
    } else if (reply instanceof RoutingPlan.Draft draft) {
      PlanWire.Draft shown =
          new PlanWire.Draft(
              draft.revision(), draft.author(), draft.at(), found(reading.problems()));
      HttpResponse response = isNew ? Replies.created(DRAFT, shown) : Replies.json(200, shown);
      return response.addHeader(Replies.tag(PlanDocument.draftTag(draft.revision())));
    }
    throw new IllegalStateException("a draft that was to be saved was answered with " + reply);
  }

  private CompletionStage<HttpResponse> validate(Exchange exchange) {
    exchange.query().finish();
    return reads
        .read(exchange.text())
        .thenApply(
            reading ->
                Replies.json(
                    200, new PlanWire.Validation(!reading.hasErrors(), found(reading.problems()))));
  }

  private static List<PlanWire.Found> found(List<PlanProblem> problems) {
    return problems.stream().map(PlanWire::found).toList();
  }

  private CompletionStage<HttpResponse> publish(Exchange exchange) {
    exchange.query().finish();
    String comment = comment(exchange);
    long revision = Preconditions.draft(exchange);
    return documents
        .find(exchange.tenant(), new PlanName(null, true))
        .thenCompose(
            draft -> {
              if (draft.revision() != revision) {
                throw Preconditions.draftIs(draft.revision());
              }
              return reads.stored(draft);
            })
        .thenCompose(
            plan ->
                router.publishPlan(
                    exchange.tenant(), revision, exchange.author(), comment, queues(plan)))
        .thenApply(
            reply -> {
              if (reply instanceof RoutingPlan.Overtaken overtaken) {
                throw Preconditions.draftIs(overtaken.now());
              }
              return published(reply);
            });
  }

  /** The names that are told that they exist. */
  static List<String> queues(Plan plan) {
    return List.copyOf(plan.queueNames());
  }

  /** Why a version is made; of 1 to 500 characters. */
  static String comment(Exchange exchange) {
    Fields fields = exchange.fields().required("comment");
    Optional<String> comment =
        fields.text(
            "comment",
            text -> {
              if (text.isBlank() || text.length() > MAX_COMMENT) {
                throw new IllegalArgumentException("must be 1 to " + MAX_COMMENT + " characters");
              }
              return text;
            });
    fields.finish();
    return comment.orElseThrow();
  }

  /** The answer to whoever has published. */
  static HttpResponse published(RoutingPlan.PublishReply reply) {
    if (reply instanceof RoutingPlan.Done done) {
      long version = done.version().version();
      return Replies.created(
              PlanRoutes.ALL + '/' + version, PlanWire.version(done.version(), version))
          .addHeader(Replies.tag(PlanDocument.versionTag(version)));
    }
    throw new IllegalStateException("a plan to be published was answered with " + reply);
  }
}
