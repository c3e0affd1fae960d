package tandem.edge.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;

/**
 * What a link knows after a recovery.
 *
 * @param coreUuid of the switch when it was last connected; null before the first time
 * @param downSince since when there is no connection; null while there is one
 * @param dead whether the switch was declared dead since then
 */
public record LinkBook(
    List<CarriedCall> calls,
    @Nullable String coreUuid,
    @Nullable Instant downSince,
    boolean dead,
    boolean draining)
    implements RouterSerializable {
  static final LinkBook EMPTY = new LinkBook(List.of(), null, null, false, false);

  public LinkBook {
    calls = List.copyOf(calls);
  }
}
