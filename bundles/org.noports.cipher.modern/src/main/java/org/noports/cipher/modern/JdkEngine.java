package org.noports.cipher.modern;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.noports.api.CipherUnavailable;

/**
 * Which of the JDK's providers computes. Pinned by name: with a provider that somebody registers in
 * front, such as Bouncy Castle, records are sealed sixty times slower.
 */
final class JdkEngine {
  static final String CIPHERS = "SunJCE";
  static final String CURVES = "SunEC";
  static final String DIGESTS = "SUN";

  private JdkEngine() {}

  /** One of the JDK's factories. */
  interface Factory<T> {
    T of(Provider provider) throws GeneralSecurityException;
  }

  /** One of the JDK's factories, for the provider that comes first. */
  interface Default<T> {
    T any() throws GeneralSecurityException;
  }

  /** From the pinned provider where this JDK has it, otherwise from the one that comes first. */
  static <T> T get(String pinned, Factory<T> factory, Default<T> otherwise)
      throws CipherUnavailable {
    Optional<Provider> provider = Optional.ofNullable(Security.getProvider(pinned));
    try {
      return provider.isPresent() ? factory.of(provider.get()) : otherwise.any();
    } catch (GeneralSecurityException e) {
      throw cannot(e);
    }
  }

  static CipherUnavailable cannot(GeneralSecurityException e) {
    return new CipherUnavailable("This JDK cannot compute a modern algorithm: " + e, e);
  }
}
