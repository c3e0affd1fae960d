package tandem.persistence.media;

import java.util.regex.Pattern;
import tandem.router.domain.TenantId;

/** Names the places of files, and says which texts are places. */
final class Places {
  private static final Pattern PLACE =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}(/[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}){0,7}");

  /** Letters of an id that name its folder: no folder has more than some thousand files then. */
  private static final int FOLDER = 2;

  private Places() {}

  /**
   * Where a recording or a message lies. It follows from the id, so storing it again is no harm.
   */
  static String of(MediaItem.Kind kind, TenantId tenant, String id) {
    return kind.folder() + '/' + tenant.value() + '/' + id.substring(0, FOLDER) + '/' + id + ".wav";
  }

  /** Where a version of an audio file lies, also below the switch's folder of sounds. */
  static String audio(TenantId tenant, String name, int version) {
    return "audio/" + tenant.value() + '/' + name + '/' + version + ".wav";
  }

  /**
   * The place, when it is one.
   *
   * @throws IllegalArgumentException when it is not, so that no path of a disk can be left with it
   */
  static String require(String place) {
    if (!PLACE.matcher(place).matches()) {
      throw new IllegalArgumentException(
          "place: must be 1 to 8 names of letters, digits, '.', '_', '-', got '" + place + "'");
    }
    return place;
  }
}
