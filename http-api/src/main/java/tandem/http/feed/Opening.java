package tandem.http.feed;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What one client gets first: a snapshot, or what it missed. Lets go of each text as it is taken,
 * since a session lives for hours after its opening. Any thread.
 */
final class Opening implements Iterator<String> {
  private final Queue<String> texts;
  private final Consumer<String> taken;

  /**
   * @param taken told each text once, when it is taken or dropped
   */
  Opening(List<String> texts, Consumer<String> taken) {
    this.texts = new ArrayDeque<>(texts);
    this.taken = taken;
  }

  static Opening none() {
    return new Opening(List.of(), text -> {});
  }

  @Override
  public synchronized boolean hasNext() {
    return !texts.isEmpty();
  }

  @Override
  public synchronized String next() {
    String text = texts.remove();
    taken.accept(text);
    return text;
  }

  /** Lets go of what is left. */
  synchronized void drop() {
    texts.forEach(taken);
    texts.clear();
  }
}
