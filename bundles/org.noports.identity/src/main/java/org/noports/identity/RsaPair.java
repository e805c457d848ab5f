package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.Secret;

/** An RSA key pair with the text of its public half, as it is published. */
final class RsaPair {
  /** The size that the atPlatform fixes; keys below it are refused. */
  static final int BITS = 2048;

  private final String publicText;
  private final RSAPrivateKey privateKey;

  private RsaPair(String publicText, RSAPrivateKey privateKey) {
    this.publicText = requireNonNull(publicText, "publicText is null");
    this.privateKey = requireNonNull(privateKey, "privateKey is null");
  }

  /** A fresh pair; takes about a tenth of a second. */
  static RsaPair cut() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      String text = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      return new RsaPair(text, (RSAPrivateKey) pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  /**
   * The pair of a base64 X.509 public key and PKCS#8 bytes.
   *
   * @throws GeneralSecurityException if they are no RSA keys, too short, or not of one pair
   */
  static RsaPair of(String publicText, byte[] pkcs8) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    byte[] x509 = decode(publicText);
    RSAPublicKey open = (RSAPublicKey) factory.generatePublic(new X509EncodedKeySpec(x509));
    RSAPrivateKey secret = (RSAPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    if (!open.getModulus().equals(secret.getModulus())) {
      throw new GeneralSecurityException("the public and the private key are not of one pair");
    }
    if (open.getModulus().bitLength() < BITS) {
      throw new GeneralSecurityException("the key has fewer than " + BITS + " bits");
    }
    return new RsaPair(publicText.trim(), secret);
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64.trim());
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the public key is not base64", e);
    }
  }

  String publicText() {
    return publicText;
  }

  RSAPrivateKey privateKey() {
    return privateKey;
  }

  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An RSA key that was checked when read must sign", e);
    }
  }

  /** The base64 text of the PKCS#8 form, as bytes: what a key file holds under encryption. */
  Secret privateText() {
    byte[] pkcs8 = privateKey.getEncoded();
    try {
      return Secret.owning(Base64.getEncoder().encode(pkcs8));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "RsaPair[private half hidden]";
  }
}
