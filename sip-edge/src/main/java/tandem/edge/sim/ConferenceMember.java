package tandem.edge.sim;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The application {@code conference}: one channel in one conference. */
final class ConferenceMember implements Application {

  private static final Pattern DATA =
      Pattern.compile("([^@+]+)(?:@([^+]+))?(?:\\+[^+]*)*?(?:\\+flags\\{([^}]*)})?");

  private final SwitchCore core;
  private final Conferences conferences;
  private final Switch owner;
  private final SimChannel channel;
  private final Runnable over;
  private final String name;
  private final String profile;
  private final long joinedMicros;
  private @Nullable ConferenceRoom room;
  private int id;
  private boolean muted;
  private boolean deaf;
  private boolean held;
  private boolean codecSaid;

  /**
   * @param data {@code name[@profile][+pin][+flags{mute|deaf}]}
   */
  ConferenceMember(SwitchCore core, Switch owner, SimChannel channel, String data, Runnable over) {
    this.core = core;
    this.owner = owner;
    this.conferences = owner.conferences();
    this.channel = channel;
    this.over = over;
    this.joinedMicros = core.clock().micros();
    Matcher matcher = DATA.matcher(data.trim());
    boolean known = matcher.matches();
    name = known ? matcher.group(1) : data.trim();
    String named = known ? matcher.group(2) : null;
    profile = named == null ? "default" : named;
    String flags = known && matcher.group(3) != null ? matcher.group(3) : "";
    muted = flags.contains("mute");
    deaf = flags.contains("deaf");
  }

  SimChannel channel() {
    return channel;
  }

  int id() {
    return id;
  }

  boolean muted() {
    return muted;
  }

  boolean deaf() {
    return deaf;
  }

  boolean held() {
    return held;
  }

  long joinedMicros() {
    return joinedMicros;
  }

  void mute(boolean on) {
    muted = on;
  }

  void deafen(boolean on) {
    deaf = on;
  }

  /** As recorded: it comes back from being held muted. */
  void hold(boolean on) {
    held = on;
    muted = true;
  }

  @Override
  public void begin() {
    owner.arrivals().answer(channel);
    ConferenceRoom entered = conferences.enter(name, profile);
    if (entered.locked) {
      core.loop().after(Duration.ZERO, over);
      return;
    }
    room = entered;
    if (channel.memberId == 0) {
      channel.memberId = conferences.nextId();
    }
    id = channel.memberId;
    core.events().full(channel, "CODEC");
    entered.members.add(0, this);
    channel.member = this;
    entered.say(core, "add-member", this);
    conferences.changed(entered);
  }

  @Nullable ConferenceRoom room() {
    return room;
  }

  /** The channel will be taken away soon: its codec goes first. */
  void leaving() {
    if (!codecSaid) {
      codecSaid = true;
      core.events().full(channel, "CODEC");
    }
  }

  /** Leaves by itself: what comes after the conference follows. */
  void kicked() {
    core.loop()
        .after(
            core.upTo(core.settings().timing().teardown()),
            () -> {
              if (channel.member == this) {
                leave();
                over.run();
              }
            });
  }

  /** Leaves and is hung up. */
  void hungUp() {
    core.loop()
        .after(
            core.upTo(core.settings().timing().teardown()),
            () -> {
              if (channel.member == this) {
                owner.hangups().leavePark(channel);
                owner.hangups().hangup(channel, Causes.NORMAL_CLEARING);
              }
            });
  }

  private void leave() {
    ConferenceRoom left = room;
    if (left == null || channel.member != this) {
      return;
    }
    room = null;
    channel.member = null;
    left.members.remove(this);
    boolean floor = left.floor == this;
    if (floor) {
      left.floor = null;
      if (left.tellsFloor()) {
        left.sayFloor(core);
      }
    }
    left.say(core, "del-member", this);
    leaving();
    conferences.changed(left);
  }

  @Override
  public void stop() {
    leave();
  }
}
