package org.noports.cipher.pq;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * {@code javax.crypto.KEM}, which is there from Java 21 on, by method handles: this is compiled for
 * 17.
 *
 * @param instance of a name and a provider
 * @param encapsulator of a KEM, a key and a source of random bytes
 * @param encapsulate what it makes
 * @param ciphertext of what it made
 * @param secret of what it made
 * @param decapsulator of a KEM and a key
 * @param decapsulate the secret of a ciphertext
 */
record JdkKem(
    MethodHandle instance,
    MethodHandle encapsulator,
    MethodHandle encapsulate,
    MethodHandle ciphertext,
    MethodHandle secret,
    MethodHandle decapsulator,
    MethodHandle decapsulate) {
  private static final String NAME = "javax.crypto.KEM";
  private static final Optional<JdkKem> HERE = find();

  private static Optional<JdkKem> find() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      Class<?> kem = Class.forName(NAME);
      Class<?> sends = Class.forName(NAME + "$Encapsulator");
      Class<?> made = Class.forName(NAME + "$Encapsulated");
      Class<?> opens = Class.forName(NAME + "$Decapsulator");
      return Optional.of(
          new JdkKem(
              lookup.findStatic(kem, "getInstance", methodType(kem, String.class, Provider.class)),
              lookup.findVirtual(
                  kem, "newEncapsulator", methodType(sends, PublicKey.class, SecureRandom.class)),
              lookup.findVirtual(sends, "encapsulate", methodType(made)),
              lookup.findVirtual(made, "encapsulation", methodType(byte[].class)),
              lookup.findVirtual(made, "key", methodType(SecretKey.class)),
              lookup.findVirtual(kem, "newDecapsulator", methodType(opens, PrivateKey.class)),
              lookup.findVirtual(opens, "decapsulate", methodType(SecretKey.class, byte[].class))));
    } catch (ReflectiveOperationException e) {
      // An older JDK.
      return Optional.empty();
    }
  }

  static boolean isHere() {
    return HERE.isPresent();
  }

  static MlKemEngine.Made encapsulate(
      String name, Provider provider, PublicKey key, SecureRandom random)
      throws GeneralSecurityException {
    JdkKem kem = HERE.orElseThrow();
    try {
      Object made =
          kem.encapsulate.invoke(
              kem.encapsulator.invoke(kem.instance.invoke(name, provider), key, random));
      return new MlKemEngine.Made(
          (byte[]) kem.ciphertext.invoke(made), ((SecretKey) kem.secret.invoke(made)).getEncoded());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static byte[] decapsulate(String name, Provider provider, PrivateKey key, byte[] ciphertext)
      throws GeneralSecurityException {
    JdkKem kem = HERE.orElseThrow();
    try {
      Object opens = kem.decapsulator.invoke(kem.instance.invoke(name, provider), key);
      return ((SecretKey) kem.decapsulate.invoke(opens, ciphertext)).getEncoded();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A handle declares everything; what it calls, only some. */
  private static GeneralSecurityException failed(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof GeneralSecurityException known ? known : new GeneralSecurityException(e);
  }
}
