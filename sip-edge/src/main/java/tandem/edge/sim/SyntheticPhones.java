package tandem.edge.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of the phones at {@code sim.invalid}: each one's script, and how many calls it has
 * had at once.
 */
final class SyntheticPhones {

  /** From the NOTIFY to the 200 of a phone that picks up by itself. */
  private static final Duration TALK = Duration.ofMillis(20);

  /** One phone's figures. */
  static final class Phone {
    final String user;
    @Nullable PhoneScript script;
    int legs;
    int mostLegs;
    long offered;
    long answered;

    private Phone(String user) {
      this.user = user;
    }
  }

  private final SwitchCore core;
  private final FarEnd farEnd;
  private final Random random;
  private final Map<String, Phone> phones = new TreeMap<>();
  private final Map<String, PhoneScript> endings = new TreeMap<>();
  private PhoneScript usual = PhoneScript.answering();

  /** Of people outside: nobody else would ever end their calls. */
  private PhoneScript usualOutside = PhoneScript.talking(new Span(20_000, 40_000));

  SyntheticPhones(SwitchCore core, FarEnd farEnd) {
    this.core = core;
    this.farEnd = farEnd;
    this.random = new Random(core.settings().seed() + 1);
  }

  Phone phone(String user) {
    return phones.computeIfAbsent(user, Phone::new);
  }

  List<SimPhone> picture() {
    return phones.values().stream()
        .map(
            phone ->
                new SimPhone(phone.user, phone.legs, phone.mostLegs, phone.offered, phone.answered))
        .toList();
  }

  /** Figures start over; calls that live now stay. */
  void forget() {
    for (Phone phone : phones.values()) {
      phone.mostLegs = phone.legs;
      phone.offered = 0;
      phone.answered = 0;
    }
  }

  /**
   * Of one phone, with {@code *} of every phone that has none of its own, or with {@code *0199} of
   * every such phone whose number ends so.
   */
  void script(String user, PhoneScript script) {
    if (user.equals("*")) {
      usual = script;
      usualOutside = script;
    } else if (user.startsWith("*")) {
      endings.put(user.substring(1), script);
    } else {
      phone(user).script = script;
    }
  }

  /** A restart of the switch hangs up nothing on the phones' side; they are simply free. */
  void clear() {
    phones.values().forEach(phone -> phone.legs = 0);
  }

  private @Nullable PhoneScript byEnding(String user) {
    for (Map.Entry<String, PhoneScript> ending : endings.entrySet()) {
      if (user.endsWith(ending.getKey())) {
        return ending.getValue();
      }
    }
    return null;
  }

  LegPort leg(String user) {
    Phone phone = phone(user);
    PhoneScript script = phone.script == null ? byEnding(user) : phone.script;
    PhoneScript otherwise = user.startsWith("+") ? usualOutside : usual;
    return new PhoneLeg(phone, script == null ? otherwise : script);
  }

  /** One call on one phone. */
  private final class PhoneLeg implements LegPort {
    private final Phone phone;
    private final PhoneScript script;
    private SimLoop.@Nullable Timer next;
    private boolean live;
    private boolean rings;

    PhoneLeg(Phone phone, PhoneScript script) {
      this.phone = phone;
      this.script = script;
    }

    @Override
    public void invite(SimChannel channel) {
      live = true;
      phone.offered++;
      phone.legs++;
      phone.mostLegs = Math.max(phone.mostLegs, phone.legs);
      PhoneScript.Mood mood = script.mood(random);
      Duration ring = script.ring().draw(random);
      switch (mood) {
        case BUSY -> then(ring, () -> refuse(channel, 486));
        case DECLINE -> {
          if (script.answer().most() == 0) {
            then(ring, () -> refuse(channel, 603));
          } else {
            ringing(channel, mood, ring);
          }
        }
        case MISSING -> then(ring, () -> refuse(channel, 404));
        case UNREACHABLE ->
            then(Duration.ofMillis(3 + random.nextInt(20)), () -> refuse(channel, 503));
        default -> ringing(channel, mood, ring);
      }
    }

    private void ringing(SimChannel channel, PhoneScript.Mood mood, Duration after) {
      then(
          after,
          () -> {
            farEnd.ringing(channel);
            rings = true;
            rang(channel, mood);
          });
    }

    private void rang(SimChannel channel, PhoneScript.Mood mood) {
      Duration wait = script.answer().draw(random);
      if (mood == PhoneScript.Mood.DECLINE) {
        then(wait, () -> refuse(channel, 603));
      } else if (mood == PhoneScript.Mood.ANSWER) {
        then(wait, () -> answered(channel));
      }
    }

    private void answered(SimChannel channel) {
      rings = false;
      phone.answered++;
      farEnd.answered(channel);
    }

    /** Picks up by itself, whatever its owner would have done. */
    @Override
    public void phoneEvent(SimChannel channel, String event) {
      if (live && rings && event.equals("talk")) {
        cancel();
        then(TALK, () -> answered(channel));
      }
    }

    @Override
    public void digits(SimChannel channel, String digits) {
      channel.heardDigits.append(digits);
    }

    private void refuse(SimChannel channel, int status) {
      over();
      farEnd.refused(channel, status);
    }

    @Override
    public void ring(SimChannel channel) {
      throw new IllegalStateException("an outbound leg is not rung");
    }

    @Override
    public void early(SimChannel channel) {
      throw new IllegalStateException("an outbound leg is given no early media");
    }

    @Override
    public void answer(SimChannel channel) {
      throw new IllegalStateException("an outbound leg answers by itself");
    }

    @Override
    public void hangup(SimChannel channel, String cause, boolean byFarEnd) {
      over();
    }

    @Override
    public void bridged(SimChannel channel, @Nullable SimChannel other) {
      cancel();
      Span talk = script.talk();
      if (other != null && talk != null && live) {
        then(
            talk.draw(random),
            () -> {
              over();
              farEnd.gone(channel);
            });
      }
    }

    @Override
    public void hold(SimChannel channel, boolean on) {
      // A played phone has nothing to show for being held.
    }

    private void then(Duration delay, Runnable task) {
      next = core.loop().after(delay, task);
    }

    private void cancel() {
      if (next != null) {
        next.cancel();
      }
    }

    private void over() {
      cancel();
      if (live) {
        live = false;
        phone.legs--;
      }
    }
  }
}
