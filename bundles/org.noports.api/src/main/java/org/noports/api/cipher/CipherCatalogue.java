package org.noports.api.cipher;

import java.util.List;
import org.noports.api.Subscription;

/**
 * Which algorithms are present now. It hands out one stable object for a name: whoever holds it
 * gets the best provider present at each call, and {@link org.noports.api.CipherUnavailable} while
 * there is none. What a provider has started goes on when the provider leaves.
 */
public interface CipherCatalogue {
  /** The stream cipher of that name, present or not. */
  StreamCipher streamCipher(String algorithm);

  /** The key transport of that name, present or not. */
  KeyTransport keyTransport(String algorithm);

  /** The signature algorithm of that name, present or not. */
  SignatureAlgorithm signature(String algorithm);

  /** The record cipher of that name, present or not. */
  RecordCipher recordCipher(String algorithm);

  /** The key agreement of that name, present or not. */
  KeyAgreement keyAgreement(String algorithm);

  /** The key derivation of that name, present or not. */
  KeyDerivation keyDerivation(String algorithm);

  /** All that is present, by kind and name, best provider first. */
  List<PresentAlgorithm> present();

  /**
   * Calls {@code changed} after each arrival and departure, in the thread that starts or stops the
   * bundle: it must not block, and hands its work to a thread of its own.
   */
  Subscription onChange(Runnable changed);
}
