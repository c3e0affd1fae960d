package tandem.edge.link;

import java.time.Instant;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand;

/** Why something was written to the switch: what its reply is about. */
sealed interface Purpose {
  /** The Core-UUID, asked first on each connection. */
  record WhichCore() implements Purpose {}

  /** Over which gateway somebody outside is called. */
  record WhichTrunk() implements Purpose {}

  /** The list of channels. */
  record List() implements Purpose {}

  /** Asked last: by then all questions about the list are answered. */
  record Compared() implements Purpose {}

  /** {@code uuid_exists}. */
  record Exists(LegId leg) implements Purpose {}

  /** Which call a channel found in the list belongs to. */
  record Owner(ChannelList.Row row) implements Purpose {}

  /** Whom a bridged channel found in the list talks to. */
  record Partner(LegId leg) implements Purpose {}

  /** One step of a greeting. */
  record Greeting(LegId leg, Step step) implements Purpose {}

  /** What hangs on a step of a greeting: nothing, the greeting, being answered, or its end. */
  enum Step {
    OPTIONAL,
    NEEDED,
    ANSWER,
    LAST
  }

  /** One step of an errand. */
  record Erranding(LegId leg, int number, ErrandStep step) implements Purpose {}

  /** What hangs on a step of an errand. */
  enum ErrandStep {
    /** Which errand the switch began last. */
    BEGUN,
    /** Which errand it has finished last. */
    OVER,
    /** What was typed in that. */
    DIGITS,
    /** Nothing hangs on its reply, but it has to be written. */
    OPTIONAL,
    /** What the errand is about is on the channel: the transfer may follow. */
    TOLD,
    TRANSFER
  }

  /** An answer of its own, on whose reply a bridge waits. */
  record Answering(SwitchCommand.Bridge before) implements Purpose {}

  /** The background job of an originate was taken. */
  record Ordering(LegId leg, Instant writtenAt) implements Purpose {}

  record Bridging(LegId agentLeg, LegId callerLeg) implements Purpose {}

  record Killing(LegId leg) implements Purpose {}

  record Parking(LegId leg) implements Purpose {}

  /** What is to be heard by somebody who is alone. */
  record Sounding(LegId leg) implements Purpose {}

  /** One move of an arrangement. */
  record Moving(LegId leg, int move) implements Purpose {}

  /** What a leg runs now, to see whether a move has come to its end. */
  record WhereIs(LegId leg, int move) implements Purpose {}

  /** One step of a recording. */
  record Taping(CallId call, String recording, TapeStep step) implements Purpose {}

  /** What is done with a recording. */
  enum TapeStep {
    START,
    MASK,
    UNMASK,
    STOP,
    /** Which recording of the leg was begun last. */
    BEGUN
  }

  /** Where the switch writes recordings. */
  record WhichDirectory() implements Purpose {}

  /** Whether a leg is heard by others. */
  record Muting(LegId leg, boolean on) implements Purpose {}

  /** A sign of life. */
  record Ping() implements Purpose {}

  /** Nothing hangs on the reply. */
  record Unwatched() implements Purpose {}
}
