package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

/**
 * An algorithm that is present now.
 *
 * @param kind {@code stream}, {@code key-transport} or {@code signature}
 * @param name its name
 * @param bundle symbolic name and version of the bundle that provides it
 * @param engine what does the computing, for example {@code SunJCE}
 */
public record PresentAlgorithm(String kind, String name, String bundle, String engine) {
  /** Service property in which a provider may say what does the computing. */
  public static final String ENGINE = "noports.cipher.engine";

  public PresentAlgorithm {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(bundle, "bundle is null");
    requireNonNull(engine, "engine is null");
  }
}
