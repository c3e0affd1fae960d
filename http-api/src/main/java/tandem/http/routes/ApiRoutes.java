package tandem.http.routes;

import akka.stream.Materializer;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import tandem.cluster.Readiness;
import tandem.http.port.RouterPort;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.readmodel.CallHistory;

/** Every REST operation and document there is. */
public final class ApiRoutes {
  private ApiRoutes() {}

  public static List<Endpoint> all(
      RouterPort router,
      CallHistory history,
      MediaLibrary library,
      Readiness readiness,
      Simulations simulations,
      Materializer materializer) {
    PlanReads reads = new PlanReads(materializer);
    Clock clock = Clock.systemUTC();
    return Stream.of(
            new AgentRoutes(router, materializer).endpoints(),
            new QueueRoutes(router, materializer).endpoints(),
            new NumberRoutes(router).endpoints(),
            new CallRoutes(router, history, materializer).endpoints(),
            new OutboundRoutes(router, history, reads, materializer, clock).endpoints(),
            new ControlRoutes(router, history, materializer, clock).endpoints(),
            new CallbackRoutes(router, history, materializer, clock).endpoints(),
            new LotRoutes(router, reads, materializer).endpoints(),
            new ExplanationRoutes(router, history, reads).endpoints(),
            new PlanRoutes(router, reads).endpoints(),
            new DraftRoutes(router, reads).endpoints(),
            new ExplainRoutes(router, reads, clock).endpoints(),
            new SimulateRoutes(router, history, reads, simulations, materializer).endpoints(),
            new CalendarRoutes(router, reads, clock).endpoints(),
            new RecordingRoutes(library, history, materializer).endpoints(),
            new VoicemailRoutes(library).endpoints(),
            new AudioRoutes(library).endpoints(),
            new SwitchRoutes(router, materializer).endpoints(),
            new HealthRoutes(readiness).endpoints(),
            new DocRoutes().endpoints())
        .flatMap(List::stream)
        .toList();
  }
}
