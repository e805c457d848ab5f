package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

/**
 * An algorithm that is present now.
 *
 * @param kind {@link #STREAM}, {@link #KEY_TRANSPORT}, {@link #SIGNATURE}, {@link #RECORD}, {@link
 *     #KEY_AGREEMENT} or {@link #KEY_DERIVATION}
 * @param name its name
 * @param bundle symbolic name and version of the bundle that provides it
 * @param engine what does the computing, for example {@code SunJCE}
 * @param foreign whether somebody else than NoPorts wrote it, as the catalogue judges: a call of it
 *     may wait for up to a second
 */
public record PresentAlgorithm(
    String kind, String name, String bundle, String engine, boolean foreign) {
  /** Kind of a {@link StreamCipher}. */
  public static final String STREAM = "stream";

  /** Kind of a {@link KeyTransport}. */
  public static final String KEY_TRANSPORT = "key-transport";

  /** Kind of a {@link SignatureAlgorithm}. */
  public static final String SIGNATURE = "signature";

  /** Kind of a {@link RecordCipher}. */
  public static final String RECORD = "record";

  /** Kind of a {@link KeyAgreement}. */
  public static final String KEY_AGREEMENT = "key-agreement";

  /** Kind of a {@link KeyDerivation}. */
  public static final String KEY_DERIVATION = "key-derivation";

  /** Service property in which a provider may say what does the computing. */
  public static final String ENGINE = "noports.cipher.engine";

  public PresentAlgorithm {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(bundle, "bundle is null");
    requireNonNull(engine, "engine is null");
  }
}
