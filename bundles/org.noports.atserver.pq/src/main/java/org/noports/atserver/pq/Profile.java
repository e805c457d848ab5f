package org.noports.atserver.pq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.atserver.ValueAddress;

/**
 * Every literal of upstream's experimental path as at_client 3.15 pins it; a later shape is another
 * table beside this one. We write what stands first and read all of it.
 */
final class Profile {
  /** The codec of values. */
  static final String VALUES = "at/symmetric/AES/GCM";

  /** Type of a signed list of keys. */
  static final String KEY_RING = "at-nskey-ring+jws";

  private static final String KEY_RECORD = "__nskey.";
  private static final String LOCK_RECORD = "_nskeylock.";
  private static final String CONVEYANCE_MARK = ".__ck.";
  private static final String INFO = "at/nskey";

  private Profile() {}

  /** What is called how for a suite. */
  enum Names {
    X_WING(HpkeSuite.X_WING, "x-wing", "x-wing-rfc9180-v1", "at/nskey/XWING"),
    ML_KEM_1024(
        HpkeSuite.ML_KEM_1024, "ml-kem-1024", "ml-kem-1024-rfc9180-v1", "at/nskey/MLKEM1024");

    /** Versions before 3.15 wrote this behind the codec of a conveyance. */
    private static final String OLDER = "/AES/GCM";

    final HpkeSuite suite;
    final String algorithm;
    final String suiteName;
    final String codec;

    Names(HpkeSuite suite, String algorithm, String suiteName, String codec) {
      this.suite = suite;
      this.algorithm = algorithm;
      this.suiteName = suiteName;
      this.codec = codec;
    }

    static Optional<Names> ofAlgorithm(String algorithm) {
      return Arrays.stream(values()).filter(each -> each.algorithm.equals(algorithm)).findFirst();
    }

    /** By the codec that a conveyance names. */
    static Optional<Names> ofCodec(String codec) {
      return Arrays.stream(values())
          .filter(each -> codec.equals(each.codec) || codec.equals(each.codec + OLDER))
          .findFirst();
    }
  }

  /** The public record with the keys of a namespace. */
  static String keyRecord(String namespace) {
    return KEY_RECORD + namespace;
  }

  /** The record that only one of several publishers can write. */
  static String lockRecord(String namespace) {
    return LOCK_RECORD + namespace;
  }

  /** The record that carries a content key. */
  static String conveyance(String contentKey, String namespace) {
    return contentKey + CONVEYANCE_MARK + namespace;
  }

  /** What a seal of a content key is bound to. */
  static byte[] info(AtSign writer, String namespace) {
    return (INFO + ":" + writer + ":" + namespace).getBytes(StandardCharsets.UTF_8);
  }

  /** What the encryption of a value is bound to; names are lower case at every atServer. */
  static byte[] additional(ValueAddress address) {
    String name = address.name().toLowerCase(Locale.ROOT);
    return (VALUES + ":" + address.writer() + ":" + address.reader() + ":" + name)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A name's namespaces, the narrowest first: {@code dev1.sshnp}, {@code sshnp}. */
  static List<String> namespaces(String name) {
    List<String> levels = new ArrayList<>();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      levels.add(name.substring(dot + 1));
    }
    return List.copyOf(levels);
  }
}
