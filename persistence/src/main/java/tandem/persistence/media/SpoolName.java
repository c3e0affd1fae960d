package tandem.persistence.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.TenantId;

/**
 * What the switch calls its files: {@code tape-<tenant>-<call>-<recording>.wav} and {@code
 * message-<tenant>-<box>-<message>.wav}. Ids are UUIDs and read from the end. Names may have dashes
 * of their own, so where a message has several it is not clear which tenant's it is; {@code ~} in
 * place of the dashes between the parts always is.
 *
 * @param id a UUID in lower case
 * @param owners whose it may be; at least one
 */
record SpoolName(MediaItem.Kind kind, String id, List<Owner> owners) {
  private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Pattern TAPE =
      Pattern.compile("tape[-~]([a-z0-9._-]+)[-~](" + UUID + ")[-~](" + UUID + ")\\.wav");
  private static final Pattern MESSAGE =
      Pattern.compile("message[-~]([a-z0-9._-]+(?:~[a-z0-9._-]+)?)[-~](" + UUID + ")\\.wav");

  /**
   * Whose a file is.
   *
   * @param call of a recording, else null
   * @param box of a message, else null
   */
  record Owner(TenantId tenant, @Nullable String call, @Nullable String box) {}

  SpoolName {
    owners = List.copyOf(owners);
  }

  /** Reads a file's name; empty when it is none of ours. */
  static Optional<SpoolName> parse(String file) {
    Matcher tape = TAPE.matcher(file);
    if (tape.matches()) {
      return tenant(tape.group(1))
          .map(
              tenant ->
                  new SpoolName(
                      MediaItem.Kind.RECORDING,
                      Terms.id(tape.group(3)),
                      List.of(new Owner(tenant, Terms.id(tape.group(2)), null))));
    }
    Matcher message = MESSAGE.matcher(file);
    if (!message.matches()) {
      return Optional.empty();
    }
    List<Owner> owners = boxes(message.group(1));
    return owners.isEmpty()
        ? Optional.empty()
        : Optional.of(new SpoolName(MediaItem.Kind.MESSAGE, Terms.id(message.group(2)), owners));
  }

  private static List<Owner> boxes(String tenantAndBox) {
    List<Owner> owners = new ArrayList<>();
    char between = tenantAndBox.indexOf('~') >= 0 ? '~' : '-';
    for (int i = tenantAndBox.indexOf(between); i >= 0; i = tenantAndBox.indexOf(between, i + 1)) {
      String box = tenantAndBox.substring(i + 1);
      if (isName(box)) {
        tenant(tenantAndBox.substring(0, i))
            .ifPresent(tenant -> owners.add(new Owner(tenant, null, box)));
      }
    }
    return owners;
  }

  private static Optional<TenantId> tenant(String name) {
    return isName(name) ? Optional.of(new TenantId(name)) : Optional.empty();
  }

  private static boolean isName(String text) {
    try {
      Names.name("name", text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
