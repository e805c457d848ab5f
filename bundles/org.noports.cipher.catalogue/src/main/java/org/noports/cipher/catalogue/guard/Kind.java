package org.noports.cipher.catalogue.guard;

import java.util.List;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/**
 * A kind of algorithm: how its plug-ins are registered, fenced in and tested.
 *
 * @param name one of {@link PresentAlgorithm}'s kinds
 * @param property in which a plug-in names its algorithm
 * @param type of the service
 * @param fence wraps a third party's plug-in
 * @param test tries a plug-in on itself
 * @param ours whether the test is for our own plug-ins, too: it is where it takes next to nothing
 */
public record Kind<T>(
    String name, String property, Class<T> type, Fence<T> fence, Test<T> test, boolean ours) {
  /** Stream ciphers. */
  public static final Kind<StreamCipher> STREAM =
      new Kind<>(
          PresentAlgorithm.STREAM,
          StreamCipher.ALGORITHM,
          StreamCipher.class,
          GuardedStreamCipher::new,
          SelfTest::stream,
          true);

  /** Key transports; to make an RSA key for a test takes as long as a start. */
  public static final Kind<KeyTransport> KEY_TRANSPORT =
      new Kind<>(
          PresentAlgorithm.KEY_TRANSPORT,
          KeyTransport.ALGORITHM,
          KeyTransport.class,
          GuardedKeyTransport::new,
          SelfTest::transport,
          false);

  /** Signature algorithms; they verify only, so that there is little to try. */
  public static final Kind<SignatureAlgorithm> SIGNATURE =
      new Kind<>(
          PresentAlgorithm.SIGNATURE,
          SignatureAlgorithm.ALGORITHM,
          SignatureAlgorithm.class,
          GuardedSignature::new,
          SelfTest::signature,
          false);

  /** Record ciphers. */
  public static final Kind<RecordCipher> RECORD =
      new Kind<>(
          PresentAlgorithm.RECORD,
          RecordCipher.ALGORITHM,
          RecordCipher.class,
          GuardedRecordCipher::new,
          SelfTest::record,
          true);

  /** Key agreements. */
  public static final Kind<KeyAgreement> KEY_AGREEMENT =
      new Kind<>(
          PresentAlgorithm.KEY_AGREEMENT,
          KeyAgreement.ALGORITHM,
          KeyAgreement.class,
          GuardedKeyAgreement::new,
          SelfTest::agreement,
          true);

  /** Key derivations. */
  public static final Kind<KeyDerivation> KEY_DERIVATION =
      new Kind<>(
          PresentAlgorithm.KEY_DERIVATION,
          KeyDerivation.ALGORITHM,
          KeyDerivation.class,
          GuardedKeyDerivation::new,
          SelfTest::derivation,
          true);

  /** All of them. */
  public static final List<Kind<?>> ALL =
      List.of(STREAM, KEY_TRANSPORT, SIGNATURE, RECORD, KEY_AGREEMENT, KEY_DERIVATION);

  /** Makes a fenced plug-in of a plug-in, which is asked for its lengths. */
  public interface Fence<T> {
    T around(Guard guard, T plugIn) throws CipherUnavailable, ProtocolViolation;
  }

  /** Tries a plug-in. */
  public interface Test<T> {
    void of(T plugIn) throws CipherUnavailable, ProtocolViolation, SelfTest.Failed;
  }
}
