package tandem.router.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;

/** What the switch does with a caller by itself, while no agent is there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "errand")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Errand.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = Errand.Voicemail.class, name = "voicemail"),
  @JsonSubTypes.Type(value = Errand.Outside.class, name = "outside"),
  @JsonSubTypes.Type(value = Errand.Play.class, name = "play"),
  @JsonSubTypes.Type(value = Errand.Collect.class, name = "collect")
})
public sealed interface Errand {
  /** Whether the caller comes back to be routed on. */
  boolean returns();

  /** Plays a file, then parks the caller again. */
  record Announce(String file) implements Errand {
    @Override
    public boolean returns() {
      return true;
    }
  }

  /**
   * Records a message, then hangs up; what was recorded is told by {@link CallFact.MessageLeft}.
   *
   * @param message a UUID: names the file; null where it was ordered before messages had names
   * @param greeting heard before the tone
   * @param longest how long a message may be
   * @param silence so much of it ends the message
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Voicemail(
      String box,
      @Nullable String message,
      List<Prompt> greeting,
      @Nullable Duration longest,
      @Nullable Duration silence)
      implements Errand {
    public static final Duration LONGEST = Duration.ofMinutes(3);
    public static final Duration SILENCE = Duration.ofSeconds(5);

    public Voicemail {
      greeting = greeting == null ? List.of() : List.copyOf(greeting);
      longest = longest == null ? LONGEST : longest;
      silence = silence == null ? SILENCE : silence;
    }

    public Voicemail(String box) {
      this(box, null, List.of(), null, null);
    }

    @Override
    public boolean returns() {
      return false;
    }
  }

  /** Plays one after the other, then parks the caller again. */
  record Play(List<Prompt> prompts) implements Errand {
    public Play {
      prompts = List.copyOf(prompts);
    }

    @Override
    public boolean returns() {
      return true;
    }
  }

  /**
   * Plays, gathers digits, then parks the caller again: {@link CallFact.Returned} has the digits.
   *
   * @param prompts cut short by the first digit
   * @param least digits, fewer are none; 1 to {@code most}
   * @param most digits, 1 to 32
   * @param first how long the first digit is waited for after the prompts
   * @param next how long each further one is
   * @param end a digit that ends the input and is not part of it, {@code #} or {@code *}; empty for
   *     none
   */
  record Collect(
      List<Prompt> prompts, int least, int most, Duration first, Duration next, String end)
      implements Errand {
    public Collect {
      prompts = List.copyOf(prompts);
    }

    @Override
    public boolean returns() {
      return true;
    }
  }

  /** Connects the caller with somebody outside, until one of them hangs up. */
  record Outside(PhoneNumber number) implements Errand {
    @Override
    public boolean returns() {
      return false;
    }
  }
}
