package tandem.persistence.projection;

import akka.Done;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/** What a recorder has done for it; each answer but the last comes in bounded time. */
interface RecordWork {
  /**
   * Brings a call's history up to date.
   *
   * @return the call's events, from the first on
   */
  CompletionStage<List<JournaledEvent>> write(Recorder.Note note);

  /**
   * Gives a call's events to other systems, or keeps the call for later when they do not take them.
   *
   * @return the last event they have for sure
   */
  CompletionStage<Long> publish(CallId call, List<JournaledEvent> events, long after);

  /** Keeps a call for later without trying. */
  CompletionStage<Done> keep(CallId call);

  /** Publishes the calls of a slice that were kept; fails while that cannot be. */
  CompletionStage<Done> publishKept(int slice);
}
