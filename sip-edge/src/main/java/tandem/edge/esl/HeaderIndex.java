package tandem.edge.esl;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one frame or event, in wire order, duplicates kept. Nothing is turned into a
 * string before it is asked for.
 */
interface HeaderIndex {
  /** The first value of that name, decoded, or null. Names are ASCII and compared exactly. */
  @Nullable String first(String name);

  /** The last value of that name, decoded, or null. */
  @Nullable String last(String name);

  /** Every value of that name in wire order, decoded, arrays taken apart. */
  List<String> all(String name);

  int size();

  /** Calls the consumer with each name and decoded value in wire order. */
  void forEach(BiConsumer<String, String> consumer);
}
