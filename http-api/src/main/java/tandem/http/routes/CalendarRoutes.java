package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Fields;
import tandem.http.json.PlanWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.json.Words;
import tandem.http.port.RouterPort;
import tandem.http.routes.Endpoint.TextForm;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Manual;
import tandem.router.plan.RoutingPlan;
import tandem.router.plan.ical.HolidayImport;

/** {@code /api/v1/calendars}: whether somebody is there, by the plan in force or by hand. */
final class CalendarRoutes {
  private static final String ALL = "/api/v1/calendars";
  private static final String ONE = ALL + "/{id}";
  private static final TextForm ICALENDAR = new TextForm("text/calendar", 1024 * 1024);
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2200;

  private final RouterPort router;
  private final PlanReads reads;
  private final Clock clock;

  CalendarRoutes(RouterPort router, PlanReads reads, Clock clock) {
    this.router = router;
    this.reads = reads;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.get(ONE, this::one),
        Endpoint.send("PUT", ONE + "/override", this::override),
        Endpoint.delete(ONE + "/override", this::takeBack),
        Endpoint.sendText("POST", ALL + "/import", ICALENDAR, this::importHolidays));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    exchange.query().finish();
    return inForce(exchange.tenant())
        .thenApply(
            now -> {
              List<PlanWire.CalendarState> items =
                  new TreeMap<>(now.plan().calendars())
                      .entrySet().stream()
                          .map(one -> state(one.getKey(), one.getValue(), now))
                          .toList();
              return Replies.json(200, new Wire.Page<>(items, null));
            });
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    String name = exchange.calendar();
    return inForce(exchange.tenant())
        .thenApply(now -> Replies.json(200, state(name, known(name, now), now)));
  }

  private CompletionStage<HttpResponse> override(Exchange exchange) {
    exchange.query().finish();
    String name = exchange.calendar();
    Manual manual = manual(exchange.fields().required("state"));
    return inForce(exchange.tenant())
        .thenCompose(
            now -> {
              Calendar calendar = known(name, now);
              return router
                  .setManual(exchange.tenant(), name, manual, exchange.author())
                  .thenApply(
                      set ->
                          Replies.json(
                              200,
                              PlanWire.calendar(
                                  name, calendar, set.manuals().get(name), clock.instant())));
            });
  }

  private Manual manual(Fields fields) {
    Optional<State> state = fields.text("state", word -> Words.parse(State.class, word));
    Optional<Instant> until =
        fields.text(
            "until",
            text -> {
              Instant instant = Query.momentOf(text);
              if (!instant.isAfter(clock.instant())) {
                throw new IllegalArgumentException("must be in the future, got " + instant);
              }
              return instant;
            });
    fields.finish();
    return new Manual(state.orElseThrow() == State.OPEN, until.orElse(null));
  }

  /** An override outlives its calendar: it can be taken back, whatever the plan says by now. */
  private CompletionStage<HttpResponse> takeBack(Exchange exchange) {
    exchange.query().finish();
    String name = exchange.calendar();
    return router
        .currentPlan(exchange.tenant())
        .thenCompose(
            now ->
                now.manuals().containsKey(name)
                    ? CompletableFuture.completedStage(name)
                    : inForce(now).thenApply(plan -> known(name, plan)))
        .thenCompose(known -> router.setManual(exchange.tenant(), name, null, exchange.author()))
        .thenApply(done -> Replies.empty());
  }

  private CompletionStage<HttpResponse> importHolidays(Exchange exchange) {
    int thisYear = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear();
    Query query = exchange.query();
    int from = query.integer("fromYear", FIRST_YEAR, LAST_YEAR, thisYear);
    int to = query.integer("toYear", FIRST_YEAR, LAST_YEAR, Math.min(LAST_YEAR, from + 1));
    query.finish();
    int most = HolidayImport.MOST_YEARS;
    if (to < from || to - from >= most) {
      throw new ProblemException(
          Problem.field("toYear", "must be " + from + " to " + (from + most - 1) + ", got " + to));
    }
    return reads.run(() -> Replies.json(200, imported(exchange.text(), from, to)));
  }

  private static PlanWire.Imported imported(String text, int from, int to) {
    try {
      return PlanWire.imported(HolidayImport.read(text, from, to));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.badRequest("The body cannot be imported: " + Fields.reason(e)));
    }
  }

  private CompletionStage<PlanInForce> inForce(TenantId tenant) {
    return router.currentPlan(tenant).thenCompose(this::inForce);
  }

  private CompletionStage<PlanInForce> inForce(RoutingPlan.InForce now) {
    RoutingPlan.Version version = now.version();
    if (version == null) {
      return CompletableFuture.completedStage(new PlanInForce(0, Plan.EMPTY, now.manuals()));
    }
    return reads
        .stored(PlanDocuments.inForce(now))
        .thenApply(plan -> new PlanInForce(version.version(), plan, now.manuals()));
  }

  private PlanWire.CalendarState state(String name, Calendar calendar, PlanInForce now) {
    return PlanWire.calendar(name, calendar, now.manuals().get(name), clock.instant());
  }

  private static Calendar known(String name, PlanInForce now) {
    Calendar calendar = now.plan().calendars().get(name);
    if (calendar == null) {
      throw new ProblemException(Problem.notFound("calendar", name));
    }
    return calendar;
  }

  /** What somebody says it is. */
  private enum State {
    OPEN,
    CLOSED
  }
}
