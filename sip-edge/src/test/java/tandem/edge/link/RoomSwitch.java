package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;

/**
 * A switch as small as moves of legs need: what it does to them is as recorded of a real one, its
 * delays and refusals are random. It keeps its own view of each leg, and what must never be
 * ordered.
 */
final class RoomSwitch {
  private static final Pattern COMMAND = Pattern.compile("(\\S+) ([0-9a-f-]{36}) ?(.*)");
  private static final int LONGEST_DELAY = 60;

  /** Where one channel really is. */
  static final class Channel {
    @Nullable LegId partner;
    @Nullable String room;
    @Nullable LegId target;
    String ear = "";
    boolean muted;
    boolean dead;

    /** In no application and in no bridge, for ever. */
    boolean stuck;

    /** The bridge that is being made, with this one. */
    @Nullable LegId joining;

    /** Plays now; what comes after that waits. */
    final List<String> sounds = new ArrayList<>();

    /** When the first one is heard: until then no break ends it. */
    Instant begins = Instant.MIN;

    /** Tells orders apart: what an older one was about to do does not happen. */
    int order;

    boolean isParked() {
      return partner == null && room == null && target == null && joining == null && !stuck;
    }

    void leaveAll() {
      partner = null;
      room = null;
      target = null;
      stuck = false;
      joining = null;
      sounds.clear();
    }
  }

  private record Later(Instant at, Runnable what) {}

  final Map<LegId, Channel> channels = new LinkedHashMap<>();
  final List<String> wrong = new ArrayList<>();
  private final Map<LegId, Map<String, String>> variables = new HashMap<>();
  private final List<Later> later = new ArrayList<>();
  private final LinkHarness link;
  private final Random random;
  double refusing;

  RoomSwitch(LinkHarness link, Random random) {
    this.link = link;
    this.random = random;
  }

  Channel of(LegId leg) {
    return Objects.requireNonNull(channels.get(leg));
  }

  void has(LegId leg) {
    channels.put(leg, new Channel());
  }

  /** Takes orders, lets happen what is due, and lets time pass. */
  void run(int millis) {
    for (int passed = 0; passed < millis; passed += 10) {
      link.now = link.now.plusMillis(10);
      happen();
      takeOrders();
      if (passed % 100 == 0) {
        link.pass(Duration.ZERO);
        takeOrders();
      }
    }
  }

  private void happen() {
    List<Later> due = later.stream().filter(l -> !l.at().isAfter(link.now)).toList();
    later.removeAll(due);
    due.forEach(l -> l.what().run());
  }

  private void in(Runnable what) {
    later.add(new Later(link.now.plusMillis(random.nextInt(LONGEST_DELAY)), what));
  }

  private void takeOrders() {
    while (!link.unanswered.isEmpty()) {
      LinkHarness.Written next = link.unanswered.remove();
      String text = take(next.command());
      link.logic.reply(next.purpose(), !text.startsWith("-"), text);
    }
  }

  private String take(String command) {
    Matcher parts = COMMAND.matcher(command);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not understood: " + command);
    }
    LegId leg = new LegId(parts.group(2));
    Channel channel = channels.get(leg);
    if (parts.group(1).equals("uuid_exists")) {
      return String.valueOf(channel != null && !channel.dead);
    } else if (channel == null || channel.dead) {
      return "-ERR No such channel!";
    } else if (random.nextDouble() < refusing) {
      return "-ERR it would not";
    }
    String rest = parts.group(3);
    return switch (parts.group(1)) {
      case "uuid_bridge" -> bridge(leg, new LegId(rest));
      case "uuid_transfer" -> transfer(leg, rest);
      case "uuid_audio" -> {
        channel.muted = !rest.equals("stop");
        yield "+OK Success";
      }
      case "uuid_break" -> {
        boolean lost = link.now.isBefore(channel.begins);
        channel
            .sounds
            .subList(lost ? Math.min(1, channel.sounds.size()) : 0, channel.sounds.size())
            .clear();
        yield "+OK";
      }
      case "uuid_broadcast" -> {
        if (channel.sounds.isEmpty()) {
          channel.begins = link.now.plusMillis(100 + random.nextInt(120));
        }
        channel.sounds.add(rest.replace("playback::", "").replace(" aleg", ""));
        yield "+OK Message sent";
      }
      case "uuid_setvar_multi" -> {
        for (String pair : rest.split(";", -1)) {
          String[] both = pair.split("=", 2);
          variables.computeIfAbsent(leg, l -> new HashMap<>()).put(both[0], both[1]);
        }
        yield "+OK";
      }
      case "uuid_getvar" -> application(channel);
      case "uuid_kill" -> {
        die(leg);
        yield "+OK";
      }
      default -> "+OK";
    };
  }

  private static String application(Channel channel) {
    if (channel.room != null) {
      return channel.room + "@tandem";
    }
    return channel.target != null ? channel.target.value() : "_undef_";
  }

  /**
   * Two orders for one leg at once would leave a channel that nothing brings back; but one whose
   * partner has ended is to be.
   */
  private void notTwice(LegId leg, String what) {
    LegId with = of(leg).joining;
    if (with != null && !of(with).dead) {
      wrong.add(what + " while " + leg + " is being joined");
    }
  }

  private String bridge(LegId a, LegId b) {
    Channel first = of(a);
    Channel second = channels.get(b);
    if (second == null || second.dead || a.equals(b)) {
      return "-ERR Invalid uuid";
    }
    notTwice(a, "uuid_bridge");
    notTwice(b, "uuid_bridge");
    leave(a);
    leave(b);
    first.leaveAll();
    second.leaveAll();
    first.joining = b;
    second.joining = a;
    int order = ++first.order;
    int other = ++second.order;
    in(
        () -> {
          if (first.order != order || second.order != other) {
            return;
          }
          first.joining = null;
          second.joining = null;
          if (second.dead && !first.dead) {
            park(a);
          } else if (first.dead && !second.dead) {
            second.stuck = true;
          } else if (!first.dead) {
            first.partner = b;
            second.partner = a;
            link.happen(new Happening.Joined(a, b));
          }
        });
    return "+OK " + b;
  }

  private String transfer(LegId leg, String what) {
    notTwice(leg, "uuid_transfer");
    Channel channel = of(leg);
    int order = ++channel.order;
    in(
        () -> {
          if (channel.dead || channel.order != order) {
            return;
          }
          leave(leg);
          channel.leaveAll();
          run(leg, channel, what);
        });
    return "+OK";
  }

  private void run(LegId leg, Channel channel, String what) {
    if (what.equals("park inline")) {
      park(leg);
    } else if (what.startsWith("'conference:")) {
      channel.room = what.substring("'conference:".length(), what.indexOf('@'));
    } else {
      LegId target = new LegId(what.substring("'m:^:eavesdrop:".length(), what.indexOf("^park")));
      Channel listened = channels.get(target);
      if (listened == null || listened.dead) {
        park(leg);
      } else {
        channel.target = target;
        Map<String, String> set = variables.getOrDefault(leg, Map.of());
        channel.ear = set.get("eavesdrop_whisper_aleg") + "/" + set.get("eavesdrop_whisper_bleg");
      }
    }
  }

  /** Whom it talks to is parked. */
  private void leave(LegId leg) {
    LegId partner = of(leg).partner;
    if (partner != null) {
      Channel other = of(partner);
      of(leg).partner = null;
      if (leg.equals(other.partner)) {
        link.happen(new Happening.Parted(leg, partner));
        other.leaveAll();
        park(partner);
      }
    }
  }

  private void park(LegId leg) {
    Channel channel = of(leg);
    channel.leaveAll();
    later.add(
        new Later(
            link.now.plusMillis(random.nextInt(15)),
            () -> {
              if (!channel.dead) {
                link.happen(
                    new Happening.Parked(new Happening.Channel(leg, false, true, null, "", "")));
              }
            }));
  }

  void die(LegId leg) {
    Channel channel = of(leg);
    if (channel.dead) {
      return;
    }
    channel.dead = true;
    leave(leg);
    channels.forEach(
        (id, other) -> {
          if (leg.equals(other.target) && !other.dead) {
            park(id);
          }
        });
    in(
        () ->
            link.happen(
                new Happening.Ended(
                    new Happening.Channel(leg, false, true, null, "", ""), "NORMAL_CLEARING")));
  }
}
