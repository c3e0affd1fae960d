package tandem.edge.link;

import java.time.Instant;
import tandem.router.edge.SwitchCommand;

/**
 * The parts of a link's logic that deal with calls, and who of them each order and each reply is
 * for. Holds no state of its own.
 */
final class Desks {
  final Questions questions;
  final AdoptionDesk adoption;
  final Originates originates;
  final Reconciler reconciler;
  final Drops drops;
  final EventDesk events;
  private final Trunk trunk;
  private final ArrangeDesk arrange;
  private final Greeter greeter;
  private final BridgeDesk bridges;
  private final Errands errands;
  private final TapeDesk tapes;
  private final PhoneDesk phones;
  private final Kills kills;

  Desks(LinkContext link, Entries entries) {
    this.questions = new Questions(link);
    this.adoption = new AdoptionDesk(link, entries);
    this.trunk = new Trunk(link.acts);
    this.arrange = new ArrangeDesk(link, questions);
    this.greeter = new Greeter(link, questions, arrange);
    this.originates = new Originates(link, questions, trunk);
    this.bridges = new BridgeDesk(link, questions, greeter, arrange);
    this.errands = new Errands(link, questions, arrange);
    this.tapes = new TapeDesk(link, questions);
    this.phones = new PhoneDesk(link, questions);
    this.kills = new Kills(link, questions, originates);
    this.drops = new Drops(link, questions);
    this.reconciler = new Reconciler(link, questions, adoption);
    this.events =
        new EventDesk(
            link, questions, adoption, greeter, errands, originates, bridges, arrange, tapes);
  }

  void command(SwitchCommand command) {
    if (command instanceof SwitchCommand.Taken taken) {
      adoption.taken(taken);
    } else if (command instanceof SwitchCommand.Unknown unknown) {
      adoption.unknown(unknown);
    } else if (command instanceof SwitchCommand.Greet greet) {
      greeter.greet(greet);
    } else if (command instanceof SwitchCommand.Originate originate) {
      originates.order(originate);
    } else if (command instanceof SwitchCommand.Dial dial) {
      originates.dial(dial);
    } else if (command instanceof SwitchCommand.CallBack callBack) {
      adoption.callBack(callBack);
    } else if (command instanceof SwitchCommand.PlaceCall place) {
      adoption.placeCall(place);
    } else if (command instanceof SwitchCommand.Bridge bridge) {
      bridges.bridge(bridge);
    } else if (command instanceof SwitchCommand.Kill kill) {
      kills.kill(kill);
    } else if (command instanceof SwitchCommand.Repark repark) {
      greeter.repark(repark);
    } else if (command instanceof SwitchCommand.HandOver handOver) {
      errands.handOver(handOver);
    } else if (command instanceof SwitchCommand.Arrange order) {
      arrange.arrange(order);
    } else if (command instanceof SwitchCommand.Tape tape) {
      tapes.tape(tape);
    } else if (command instanceof SwitchCommand.SendDigits digits) {
      phones.sendDigits(digits);
    } else if (command instanceof SwitchCommand.PickUpPhone pickUp) {
      phones.pickUp(pickUp);
    } else if (command instanceof SwitchCommand.Say say) {
      phones.say(say);
    } else if (command instanceof SwitchCommand.Ask ask) {
      questions.ask(ask);
    } else if (command instanceof SwitchCommand.Drop drop) {
      drops.drop(drop.call());
    }
  }

  /** What could not be written has not happened; false when it counts as refused. */
  boolean notWritten(Purpose purpose) {
    if (purpose instanceof Purpose.Killing kill) {
      kills.notWritten(kill);
    } else if (purpose instanceof Purpose.Greeting step) {
      greeter.notWritten(step);
    } else if (purpose instanceof Purpose.Erranding step) {
      errands.notWritten(step);
    } else if (isArranging(purpose)) {
      arrange.notWritten(purpose);
    } else if (purpose instanceof Purpose.Taping taping) {
      tapes.notWritten(taping);
    } else if (purpose instanceof Purpose.WhichDirectory) {
      tapes.directoryNotAsked();
    } else if (purpose instanceof Purpose.Partner partner) {
      reconciler.notAsked(partner.leg());
    } else if (purpose instanceof Purpose.WhichTrunk) {
      trunk.notAsked();
    } else {
      return false;
    }
    return true;
  }

  void reply(Purpose purpose, boolean ok, String text) {
    if (purpose instanceof Purpose.WhichTrunk) {
      trunk.said(ok, text);
      originates.flush();
    } else if (purpose instanceof Purpose.Exists exists) {
      questions.existsReply(exists.leg(), text);
    } else if (purpose instanceof Purpose.Owner owner) {
      reconciler.owned(owner.row(), ok, text);
    } else if (purpose instanceof Purpose.Partner partner) {
      reconciler.partner(partner.leg(), ok, text);
    } else if (isArranging(purpose)) {
      arrange.reply(purpose, ok, text);
    } else if (purpose instanceof Purpose.Taping taping) {
      tapes.reply(taping, ok, text);
    } else if (purpose instanceof Purpose.WhichDirectory) {
      tapes.directorySaid(ok, text);
    } else if (purpose instanceof Purpose.Greeting step) {
      greeter.stepDone(step, ok);
    } else if (purpose instanceof Purpose.Erranding step) {
      errands.stepDone(step, ok, text);
    } else if (purpose instanceof Purpose.Answering answering) {
      bridges.answerReply(answering.before(), ok, text);
    } else if (purpose instanceof Purpose.Ordering ordering) {
      originates.taken(ordering, ok);
    } else if (purpose instanceof Purpose.Bridging bridge) {
      bridges.reply(bridge, ok, text);
    } else if (purpose instanceof Purpose.Killing kill) {
      kills.reply(kill, ok, text);
    } else if (purpose instanceof Purpose.Parking park) {
      greeter.parkReply(park, ok);
    }
  }

  private static boolean isArranging(Purpose purpose) {
    return purpose instanceof Purpose.Moving
        || purpose instanceof Purpose.WhereIs
        || purpose instanceof Purpose.Muting
        || purpose instanceof Purpose.Sounding;
  }

  /** Ten times a second, while there is a connection. */
  void tick(Instant now) {
    originates.flush();
    kills.tick(now);
    greeter.tick(now);
    arrange.tick(now);
    reconciler.tick(now);
    trunk.tick();
    phones.tick();
  }

  void disconnected() {
    originates.disconnected();
    trunk.disconnected();
    adoption.disconnected();
    questions.disconnected();
    reconciler.disconnected();
    arrange.disconnected();
    tapes.disconnected();
    phones.disconnected();
  }
}
