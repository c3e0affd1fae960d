package tandem.edge.link;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A link's patience and manners; defaults and their reasons: {@code tandem.edge.link} in
 * reference.conf.
 *
 * @param music what waiting callers hear, as the switch's {@code playback} takes it; it is started
 *     once and so has to be endless
 * @param lostAfter a switch out of reach for so long is given up, with all its legs
 * @param absentAfter how long after connecting a leg of an earlier connection may still appear
 * @param sweepEvery between two comparisons with the switch's list of channels
 * @param stillUpEvery between two StillUp of a call
 * @param pingAfter silence of the switch after which it is asked for a sign of life
 * @param slowReply the rate is lowered while originates are usually taken later than this
 * @param leastRate originates a second below which the rate is never lowered
 */
record LinkSettings(
    String music,
    Duration lostAfter,
    Duration absentAfter,
    Duration sweepEvery,
    Duration stillUpEvery,
    Duration pingAfter,
    Duration slowReply,
    double leastRate,
    Duration nudgeEvery,
    int snapshotEvery) {

  /** A blank or a quote would split the arguments of {@code uuid_broadcast} elsewhere. */
  private static final Pattern ONE_ARGUMENT = Pattern.compile("[^\\s\\p{Cc}'\"`\\\\]+");

  /** Reads the section {@code tandem.edge.link}. */
  static LinkSettings of(Config config) {
    String music = config.getString("music");
    if (!ONE_ARGUMENT.matcher(music).matches()) {
      throw new IllegalArgumentException(
          "tandem.edge.link.music: must be one argument without blanks, quotes and backslashes: '"
              + music
              + "'");
    }
    return new LinkSettings(
        music,
        config.getDuration("lost-after"),
        config.getDuration("absent-after"),
        config.getDuration("sweep-every"),
        config.getDuration("still-up-every"),
        config.getDuration("ping-after"),
        config.getDuration("originate.slow-reply"),
        config.getDouble("originate.least-rate"),
        config.getDuration("nudge-every"),
        config.getInt("snapshot-every"));
  }
}
