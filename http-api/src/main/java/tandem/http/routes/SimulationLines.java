package tandem.http.routes;

import akka.NotUsed;
import akka.stream.BoundedSourceQueue;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.SimulationWire;
import tandem.router.domain.simulate.Progress;

/**
 * The lines of one run. It begins when they are asked for, and ends soon after nobody takes them
 * any more: a client that goes away cancels it.
 */
final class SimulationLines {
  private static final Logger log = LoggerFactory.getLogger(SimulationLines.class);

  /** Also what tells that the client has gone: that shows only when something is sent. */
  private static final Duration EVERY = Duration.ofMillis(250);

  /** A client whose connection broke before the answer never asks for its lines (s). */
  private static final long UNASKED = 30;

  /** Of a client who reads slowly the oldest lines are dropped, never the last. */
  private static final int WAITING = 16;

  private static final double HUNDREDTHS = 100;
  private static final Counter runs =
      Metrics.counter("tandem_simulations_total", "What-ifs run.", "outcome");

  private final Simulations.Place place;
  private final Executor executor;
  private final Work work;

  /** A run. */
  @FunctionalInterface
  interface Work {
    /** The report, or empty when {@code progress} ended it. */
    CompletionStage<Optional<SimulationWire.Report>> run(Progress progress);
  }

  private SimulationLines(Simulations.Place place, Executor executor, Work work) {
    this.place = place;
    this.executor = executor;
    this.work = work;
  }

  /** The lines; the place is given back when the run ends, or when nobody asks for them in time. */
  static Source<ByteString, NotUsed> of(Simulations.Place place, Executor executor, Work work) {
    CompletableFuture.delayedExecutor(UNASKED, TimeUnit.SECONDS).execute(place::expire);
    return Source.<ByteString>queue(WAITING)
        .buffer(WAITING, OverflowStrategy.dropHead())
        .watchTermination(
            (lines, gone) -> {
              var unused = gone.whenComplete((done, failure) -> place.leave());
              new SimulationLines(place, executor, work).start(lines);
              return NotUsed.notUsed();
            });
  }

  private void start(BoundedSourceQueue<ByteString> lines) {
    if (!place.begin()) {
      send(
          lines,
          new SimulationWire.Failed(Problem.of(503, "It was not begun in time; try again.")));
      lines.complete();
      return;
    }
    Progress progress = progress(lines);
    var unused =
        CompletableFuture.completedFuture(progress)
            .thenComposeAsync(work::run, executor)
            .whenComplete((report, failure) -> end(lines, report, failure));
  }

  private Progress progress(BoundedSourceQueue<ByteString> lines) {
    return new Progress() {
      private long last = System.nanoTime() - EVERY.toNanos();

      @Override
      public boolean at(double share) {
        long now = System.nanoTime();
        if (now - last >= EVERY.toNanos()) {
          last = now;
          send(lines, new SimulationWire.Progress(Math.floor(share * HUNDREDTHS) / HUNDREDTHS));
        }
        return place.goesOn();
      }
    };
  }

  @SuppressWarnings("NullAway") // a stage gives a value or a failure, and null for the other
  private void end(
      BoundedSourceQueue<ByteString> lines,
      Optional<SimulationWire.Report> report,
      Throwable failure) {
    // First, so that whoever has read the report can ask again.
    place.end();
    if (failure != null) {
      runs.labels("failed").inc();
      send(lines, new SimulationWire.Failed(problem(failure)));
    } else if (report.isPresent()) {
      runs.labels("finished").inc();
      send(lines, new SimulationWire.Done(report.get()));
    } else {
      runs.labels("cancelled").inc();
      if (!place.left()) {
        send(lines, new SimulationWire.Failed(Simulations.stopping()));
      }
    }
    lines.complete();
  }

  /** The buffer behind takes it at once; there is no other reason to refuse it than the end. */
  private static void send(BoundedSourceQueue<ByteString> lines, Object line) {
    var unused = lines.offer(ByteString.fromString(Json.text(line) + '\n'));
  }

  private static Problem problem(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ProblemException known) {
      return known.problem();
    }
    log.error("A simulation failed", cause);
    return Problem.of(500, "This is a defect of Tandem; its log says more.");
  }
}
