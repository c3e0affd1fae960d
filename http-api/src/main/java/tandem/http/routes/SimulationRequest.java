package tandem.http.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.Problem.FieldError;
import tandem.http.json.ProblemException;
import tandem.http.json.Words;
import tandem.persistence.readmodel.CallFilter;
import tandem.router.domain.Durations;
import tandem.router.domain.TenantId;
import tandem.router.domain.report.ServiceLevelFormula;
import tandem.router.domain.simulate.SimulationOptions;
import tandem.router.domain.simulate.Staffing;
import tandem.router.domain.simulate.Traffic;
import tandem.router.plan.simulate.CsvProblem;
import tandem.router.plan.simulate.StaffingCsv;
import tandem.router.plan.simulate.TrafficCsv;

/**
 * A what-if as a client asks for it.
 *
 * @param traffic the calls; null when the tenant's own of a time are meant
 * @param recorded which of the tenant's own calls; null when they were sent
 * @param staffing who works; null for the tenant's agents
 */
record SimulationRequest(
    @Nullable Traffic traffic,
    @Nullable CallFilter recorded,
    @Nullable Staffing staffing,
    SimulationOptions options) {
  /** A number that every client reads as it was written: 2^53 - 1. */
  private static final long HIGHEST_SEED = (1L << 53) - 1;

  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * Reads it, CSV included: 200,000 calls take a second.
   *
   * @throws ProblemException 400 with everything that is wrong with the fields, or else with the
   *     CSV
   */
  static SimulationRequest of(Fields fields, TenantId tenant) {
    fields.required("traffic");
    Optional<Fields> traffic = fields.object("traffic");
    Optional<String> calls = traffic.flatMap(given -> given.document("csv"));
    Optional<CallFilter> recorded = traffic.flatMap(SimulationRequest::span);
    traffic.ifPresent(given -> oneOf(fields, given));
    Optional<Fields> agents = fields.object("agents");
    Optional<String> staff = agents.flatMap(given -> given.required("csv").document("csv"));
    SimulationOptions options = options(fields);
    fields.finish();
    return read(calls, recorded, staff, options, tenant);
  }

  private static void oneOf(Fields fields, Fields traffic) {
    boolean span = traffic.has("from") || traffic.has("to");
    if (traffic.has("csv") == span) {
      fields.error("traffic", "must have either csv, or from and to");
    } else if (span) {
      traffic.required("from", "to");
    }
  }

  private static Optional<CallFilter> span(Fields traffic) {
    Optional<Instant> from = traffic.text("from", Query::momentOf);
    Optional<Instant> to = traffic.text("to", Query::momentOf);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    } else if (Duration.between(from.get(), to.get()).compareTo(Traffic.LONGEST) > 0) {
      traffic.error("to", "must be at most " + Traffic.LONGEST.toDays() + " days after from");
      return Optional.empty();
    }
    try {
      return Optional.of(CallQuery.filter(from.get(), to.get(), null, null, null, null));
    } catch (IllegalArgumentException e) {
      boolean atEnd = String.valueOf(e.getMessage()).startsWith("to:");
      traffic.error(atEnd ? "to" : "from", Fields.reason(e));
      return Optional.empty();
    }
  }

  private static SimulationOptions options(Fields fields) {
    SimulationOptions usual = SimulationOptions.USUAL;
    return new SimulationOptions(
        fields.whole("seed", SimulationRequest::seed).orElse(usual.seed()),
        fields.text("within", SimulationRequest::threshold).orElse(usual.within()),
        fields
            .text("formula", word -> Words.parse(ServiceLevelFormula.class, word))
            .orElse(usual.formula()),
        fields.text("shortAbandon", SimulationRequest::threshold).orElse(usual.shortAbandon()),
        fields.text("region", SimulationRequest::region).orElse(usual.region()),
        fields.text("callbackAnswer", SimulationRequest::threshold).orElse(usual.callbackAnswer()));
  }

  private static long seed(long seed) {
    if (seed < 0 || seed > HIGHEST_SEED) {
      throw new IllegalArgumentException("must be 0 to " + HIGHEST_SEED + ", got " + seed);
    }
    return seed;
  }

  private static Duration threshold(String text) {
    Duration duration = Durations.parse(text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be 0 s to 24 h, got " + duration);
    }
    return duration;
  }

  private static String region(String text) {
    if (!text.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("must be a country's two letters such as US");
    }
    return text;
  }

  private static SimulationRequest read(
      Optional<String> calls,
      Optional<CallFilter> recorded,
      Optional<String> staff,
      SimulationOptions options,
      TenantId tenant) {
    List<FieldError> errors = new ArrayList<>();
    Traffic traffic = null;
    if (calls.isPresent()) {
      TrafficCsv.Reading reading = TrafficCsv.read(calls.get());
      add(errors, "traffic.csv", reading.problems());
      traffic = reading.traffic();
    }
    Staffing staffing = null;
    if (staff.isPresent()) {
      StaffingCsv.Reading reading = StaffingCsv.read(tenant, staff.get());
      add(errors, "agents.csv", reading.problems());
      staffing = reading.staffing();
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.document(400, "The CSV cannot be simulated", errors));
    }
    if (traffic != null) {
      requireTalk(traffic);
    }
    return new SimulationRequest(traffic, recorded.orElse(null), staffing, options);
  }

  private static void add(List<FieldError> errors, String field, List<CsvProblem> problems) {
    problems.forEach(
        one -> errors.add(new FieldError(field, one.line(), one.column(), one.message())));
  }

  /**
   * Nothing can be simulated when nobody knows how long agents talk.
   *
   * @throws ProblemException 400 then
   */
  static void requireTalk(Traffic traffic) {
    boolean known =
        traffic.arrivals().stream()
            .anyMatch(
                call ->
                    call.handle() != null
                        || (call.recorded() != null && call.recorded().talk() != null));
    if (!known) {
      throw new ProblemException(
          Problem.field("traffic", "no call says how long an agent talks with the caller"));
    }
  }
}
