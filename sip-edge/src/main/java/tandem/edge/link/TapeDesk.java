package tandem.edge.link;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.edge.link.Purpose.TapeStep;
import tandem.router.domain.CallId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;

/**
 * Records what legs say and hear, and stops and pauses that. Single owner of the names of
 * recordings' files, and of how far each recording is: a file is begun once in its life.
 */
final class TapeDesk {
  private static final String QUESTION = "global_getvar recordings_dir";
  private static final String BEGUN = "tandem_tape";

  /** What would end the command, or mean something to it, is in no directory of ours. */
  private static final Pattern DIRECTORY = Pattern.compile("/[A-Za-z0-9._/-]{1,400}");

  private final LinkContext link;
  private final Questions questions;

  /** Where the switch writes recordings; null until it has said so on the present connection. */
  private @Nullable String directory;

  private boolean asked;

  TapeDesk(LinkContext link, Questions questions) {
    this.link = link;
    this.questions = questions;
  }

  void tape(SwitchCommand.Tape order) {
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
      return;
    }
    OpenCall call = link.living(order.call()).orElse(null);
    if (call == null) {
      return;
    }
    Tape tape = call.tapes.get(order.recording());
    if (!isUuid(order.recording())) {
      String got = EventReader.printable(order.recording());
      refuse(order, "recording: must be a UUID, got '" + got + "'");
    } else if (tape == null) {
      begin(call, order);
    } else if (order.version() > tape.version) {
      tape.wants(order.version(), order.mode());
      go(call, tape);
    } else if (order.version() == tape.version) {
      go(call, tape);
    }
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private void begin(OpenCall call, SwitchCommand.Tape order) {
    Leg leg = link.legs.get(order.leg());
    if (leg == null) {
      questions.missing(order.call(), order.leg());
      gone(order);
    } else if (!leg.answered) {
      refuse(order, "the leg is not answered");
    } else {
      Tape tape = new Tape(order.recording(), leg.id, order.version(), order.mode());
      if (leg.arrivedHere || leg.orderedHere) {
        // Nobody before this connection can have begun it.
        tape.running = false;
      }
      call.tapes.put(tape.recording, tape);
      go(call, tape);
    }
  }

  /** With its leg a recording has ended, whatever it was to do. */
  private void gone(SwitchCommand.Tape order) {
    if (order.mode() == TapeMode.STOPPED) {
      link.tell(
          order.call(),
          new CallFact.Taped(order.recording(), order.mode(), order.version(), link.now()));
    } else {
      refuse(order, "no such leg");
    }
  }

  private void refuse(SwitchCommand.Tape order, String why) {
    link.tell(
        order.call(),
        new CallFact.TapeRefused(order.recording(), order.version(), why, link.now()));
  }

  /** On to what is wanted: one command at a time. */
  private void go(OpenCall call, Tape tape) {
    if (tape.busy) {
      return;
    }
    Boolean running = tape.running;
    if (tape.refused != null) {
      sayRefused(call, tape, tape.refused);
    } else if (tape.isDone()) {
      link.tell(
          call.info.call(),
          new CallFact.Taped(tape.recording, tape.wanted, tape.version, link.now()));
    } else if (tape.ended) {
      refuse(call, tape, "the recording has ended");
    } else if (link.legs.get(tape.leg) == null) {
      tape.running = false;
      tape.ended = true;
      go(call, tape);
    } else if (directory == null) {
      askDirectory();
    } else if (running == null || running) {
      change(call, tape);
    } else {
      write(call, tape, TapeStep.START, "start");
    }
  }

  private void change(OpenCall call, Tape tape) {
    switch (tape.wanted) {
      case RECORDING -> write(call, tape, TapeStep.UNMASK, "unmask");
      case PAUSED -> write(call, tape, TapeStep.MASK, "mask");
      case STOPPED -> write(call, tape, TapeStep.STOP, "stop");
    }
  }

  private void write(OpenCall call, Tape tape, TapeStep step, String what) {
    if (step == TapeStep.START) {
      // What the leg says on the left, what it hears on the right; and nothing lost at each bridge.
      link.acts.api(
          "uuid_setvar_multi " + tape.leg + " RECORD_STEREO=true;RECORD_PRE_BUFFER_FRAMES=1",
          new Purpose.Unwatched());
    }
    ask(call, tape, step, "uuid_record " + tape.leg + " " + what + " " + file(call, tape));
  }

  private void ask(OpenCall call, Tape tape, TapeStep step, String command) {
    tape.busy = true;
    link.acts.api(command, new Purpose.Taping(call.info.call(), tape.recording, step));
  }

  private String file(OpenCall call, Tape tape) {
    CallId id = call.info.call();
    return directory
        + "/tape-"
        + id.tenant().value()
        + "-"
        + id.channel()
        + "-"
        + tape.recording
        + ".wav";
  }

  // ---- Replies

  void reply(Purpose.Taping taping, boolean ok, String text) {
    OpenCall call = link.calls.get(taping.call());
    Tape tape = call == null ? null : call.tapes.get(taping.recording());
    if (call == null || tape == null) {
      return;
    }
    tape.busy = false;
    if (taping.step() == TapeStep.BEGUN) {
      tape.ended = ok && text.equals(tape.recording);
      tape.running = false;
    } else if (ok) {
      done(tape, taping.step());
    } else if (tape.running == null) {
      // It does not run: whether it ever has the channel itself knows.
      ask(call, tape, TapeStep.BEGUN, "uuid_getvar " + tape.leg + " " + BEGUN);
    } else if (!tape.ended) {
      Leg leg = link.legs.get(tape.leg);
      if (leg != null) {
        questions.doubt(leg);
      }
      refuse(call, tape, text);
      return;
    }
    go(call, tape);
  }

  private void done(Tape tape, TapeStep step) {
    tape.running = step != TapeStep.STOP && !tape.ended;
    tape.ended |= step == TapeStep.STOP;
    tape.masked = step == TapeStep.MASK;
    if (step == TapeStep.START) {
      link.acts.api(
          "uuid_setvar " + tape.leg + " " + BEGUN + " " + tape.recording, new Purpose.Unwatched());
    }
  }

  /** It has not happened: the call orders it again. */
  void notWritten(Purpose.Taping taping) {
    OpenCall call = link.calls.get(taping.call());
    Tape tape = call == null ? null : call.tapes.get(taping.recording());
    if (tape != null) {
      tape.busy = false;
    }
  }

  private void refuse(OpenCall call, Tape tape, String why) {
    tape.refused = why;
    sayRefused(call, tape, why);
  }

  private void sayRefused(OpenCall call, Tape tape, String why) {
    link.tell(
        call.info.call(),
        new CallFact.TapeRefused(
            tape.recording, tape.version, EventReader.printable(why), link.now()));
  }

  // ---- Where recordings are written

  private void askDirectory() {
    if (!asked) {
      asked = true;
      link.acts.api(QUESTION, new Purpose.WhichDirectory());
    }
  }

  void directorySaid(boolean ok, String text) {
    asked = false;
    boolean usable = ok && DIRECTORY.matcher(text).matches();
    directory = usable ? text : null;
    for (OpenCall call : List.copyOf(link.calls.values())) {
      for (Tape tape : List.copyOf(call.tapes.values())) {
        if (usable) {
          go(call, tape);
        } else if (!tape.isDone() && !tape.busy && tape.refused == null) {
          refuse(call, tape, "recordings_dir: must be a path of letters, digits and _.-/");
        }
      }
    }
  }

  void directoryNotAsked() {
    asked = false;
  }

  // ---- Events

  /** RECORD_STOP, of a recording or of a message. */
  void ended(Happening.Taped taped) {
    Leg leg = link.legs.get(taped.leg());
    if (leg == null) {
      return;
    }
    Duration length = taped.length();
    if (taped.kind() == Happening.TapeKind.MESSAGE) {
      link.tell(leg.call, new CallFact.MessageLeft(leg.id, taped.id(), length, link.now()));
      return;
    }
    OpenCall call = link.calls.get(leg.call);
    Tape tape = call == null ? null : call.tapes.get(taped.id());
    if (tape != null) {
      tape.ended = true;
      tape.running = false;
    }
    link.tell(leg.call, new CallFact.TapeEnded(taped.id(), length, link.now()));
  }

  void disconnected() {
    directory = null;
    asked = false;
    link.calls.values().forEach(call -> call.tapes.clear());
  }
}
