package tandem.edge.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code play_and_get_digits}: plays, gathers digits, tries again. Recorded in 14_ivr: no digits at
 * all give read_result=failure; wrong ones give success with the variable unset and {@code
 * <variable>_invalid} set.
 */
final class DigitPrompt implements Application {

  private final SwitchCore core;
  private final SimChannel channel;
  private final Runnable over;
  private final int least;
  private final int most;
  private final Duration first;
  private final Duration next;
  private final String terminators;
  private final List<String> prompts;
  private final String complaint;
  private final String variable;
  private final @Nullable Pattern wanted;
  private final StringBuilder digits = new StringBuilder();
  private int tries;
  private boolean invalid;
  private boolean gathering;
  private @Nullable FilePrompt playing;
  private SimLoop.@Nullable Timer timer;

  /**
   * @param data {@code least most tries timeout terminators file invalid-file [variable [regexp
   *     [digit-timeout]]]}
   */
  DigitPrompt(SwitchCore core, SimChannel channel, String data, Runnable over) {
    this.core = core;
    this.channel = channel;
    this.over = over;
    List<String> words = words(data);
    least = number(words, 0, 0);
    most = Math.max(1, number(words, 1, 1));
    tries = number(words, 2, 1);
    first = Duration.ofMillis(number(words, 3, 5_000));
    String ends = word(words, 4);
    terminators = ends.equals("none") ? "" : ends;
    String delimiter = channel.variables.getOrDefault("playback_delimiter", "");
    prompts =
        delimiter.isEmpty()
            ? List.of(word(words, 5))
            : List.of(word(words, 5).split(Pattern.quote(delimiter), -1));
    complaint = word(words, 6);
    variable = word(words, 7);
    wanted = pattern(word(words, 8));
    next = Duration.ofMillis(number(words, 9, (int) first.toMillis()));
  }

  private static List<String> words(String data) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (data + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    return words;
  }

  private static String word(List<String> words, int at) {
    return at < words.size() ? words.get(at) : "";
  }

  private static int number(List<String> words, int at, int otherwise) {
    String text = word(words, at);
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }

  private static @Nullable Pattern pattern(String text) {
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return Pattern.compile("(?!)");
    }
  }

  @Override
  public void begin() {
    channel.variables.remove(variable);
    channel.variables.remove("read_result");
    if (prompts.stream().allMatch(SoundLength::missing)) {
      // It does not wait for digits then, and tells nothing.
      timer = core.loop().after(core.settings().timing().teardown(), over);
      return;
    }
    ask();
  }

  private void ask() {
    if (tries <= 0) {
      // Recorded: wrong digits are a success without digits.
      channel.variables.put("read_result", invalid ? "success" : "failure");
      over.run();
      return;
    }
    tries--;
    invalid = false;
    gathering = true;
    digits.setLength(0);
    channel.port.asked(channel);
    playNext(new ArrayDeque<>(prompts), () -> await(first));
  }

  private void playNext(ArrayDeque<String> files, Runnable then) {
    String file = files.poll();
    if (file == null) {
      then.run();
      return;
    }
    FilePrompt prompt =
        new FilePrompt(
            core,
            channel,
            file,
            false,
            () -> {
              playing = null;
              playNext(files, then);
            });
    playing = prompt;
    prompt.begin();
  }

  private void await(Duration limit) {
    cancel();
    timer = core.loop().after(limit, () -> gathered("timeout"));
  }

  @Override
  public void digit(char digit) {
    if (!gathering) {
      return;
    }
    quiet();
    if (terminators.indexOf(digit) >= 0) {
      channel.variables.put("read_terminator_used", String.valueOf(digit));
      gathered("success");
      return;
    }
    digits.append(digit);
    if (digits.length() >= most) {
      gathered("success");
    } else {
      await(next);
    }
  }

  /** Too few digits are told, too, with a failure: whoever asked has to count them. */
  private void gathered(String result) {
    cancel();
    gathering = false;
    String typed = digits.toString();
    if (!typed.isEmpty()) {
      if (wanted != null && !wanted.matcher(typed).matches()) {
        invalid = true;
        channel.variables.put(variable + "_invalid", typed);
      } else {
        channel.variables.put(variable, typed);
        if (typed.length() >= least) {
          channel.variables.put("read_result", result);
          over.run();
          return;
        }
      }
    }
    playNext(new ArrayDeque<>(List.of(complaint)), this::ask);
  }

  private void quiet() {
    FilePrompt prompt = playing;
    if (prompt != null) {
      playing = null;
      prompt.stop();
    }
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void stop() {
    cancel();
    quiet();
  }
}
