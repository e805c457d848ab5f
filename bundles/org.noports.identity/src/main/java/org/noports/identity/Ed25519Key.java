package org.noports.identity;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.noports.api.identity.SigningKey;
import org.noports.api.identity.SigningKeyFiles;

/** An Ed25519 key pair, made from its private half (RFC 8032 section 5.1.5). */
final class Ed25519Key implements SigningKey {
  /** X.509 of Ed25519, before the 32 bytes of the key itself (RFC 8410 section 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Ed25519PrivateKeyParameters key;
  private final String publicKey;

  /** Wipes {@code seed}; what was made of it lives as long as this object. */
  Ed25519Key(byte[] seed) {
    key = new Ed25519PrivateKeyParameters(seed, 0);
    Arrays.fill(seed, (byte) 0);
    byte[] raw = key.generatePublicKey().getEncoded();
    byte[] der = Arrays.copyOf(X509, X509.length + raw.length);
    System.arraycopy(raw, 0, der, X509.length, raw.length);
    publicKey = Base64.getEncoder().encodeToString(der);
  }

  @Override
  public String algorithm() {
    return SigningKeyFiles.ALGORITHM;
  }

  @Override
  public String publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}
