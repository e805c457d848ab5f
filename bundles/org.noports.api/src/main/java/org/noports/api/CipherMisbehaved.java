package org.noports.api;

/**
 * A cipher plug-in broke its contract: it threw, hung, or gave out what cannot be. The message
 * names the bundle and what it did; it is not asked again until it is updated.
 */
public final class CipherMisbehaved extends CipherUnavailable {
  private static final long serialVersionUID = 1L;

  public CipherMisbehaved(String message) {
    this(message, null);
  }

  public CipherMisbehaved(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "cipher-misbehaved";
  }
}
