package tandem.persistence.readmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the history, newest arrival first.
 *
 * @param calls at most as many as asked for; fewer, even none, does not mean that it was the last
 * @param next where the next page begins, to be given back as it is; null after the last page
 */
public record CallPage(List<CallRecord> calls, @Nullable String next) {
  public CallPage {
    calls = List.copyOf(calls);
  }
}
