package tandem.router.domain.ivr;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Action;

/** What is to be done for a caller at a node. */
public sealed interface Ask {
  /** Play these, one after the other. */
  record Play(List<Prompt> prompts) implements Ask {
    public Play {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * Play these, cut short by the first digit, and gather digits.
   *
   * @param least digits, fewer are none
   * @param most digits
   * @param first how long the first digit is waited for after the prompts
   * @param next how long each further one is
   * @param end a digit that ends the input and is not part of it; empty for none
   */
  record Digits(
      List<Prompt> prompts, int least, int most, Duration first, Duration next, String end)
      implements Ask {
    public Digits {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * Ask another system.
   *
   * @param body to be sent as a JSON object; null for none
   * @param headers names of what the installation keeps secret, by the header they are sent in
   * @param answer pointers into the JSON of the answer (RFC 6901) by the attribute they fill
   */
  record Request(
      IvrNode.Method method,
      String url,
      @Nullable Map<String, Object> body,
      Map<String, String> headers,
      Duration timeout,
      Map<String, String> answer)
      implements Ask {
    public Request {
      body = body == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(body));
      headers = Map.copyOf(headers);
      answer = Map.copyOf(answer);
    }

    @Override
    public String toString() {
      // Address and body may hold what a caller has keyed in in secret: never in a log.
      return "Request[" + method + ", within " + timeout + "]";
    }
  }

  /** The flow is over: do this with the call. */
  record Leave(Action action) implements Ask {}
}
