package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.noports.api.AtSign;

/**
 * The names under which an atSign's enrollments and what belongs to them are stored
 * (docs/protocol/atprotocol.md 3.5 to 3.7).
 *
 * @param self whose
 */
public record EnrollmentNames(AtSign self) {
  public EnrollmentNames {
    requireNonNull(self, "self is null");
  }

  public String record(String id) {
    return id + ".new.enrollments." + Access.MANAGE + self;
  }

  public String privateKey(String id) {
    return id + ".default_enc_private_key." + Access.MANAGE + self;
  }

  public String selfKey(String id) {
    return id + ".default_self_enc_key." + Access.MANAGE + self;
  }

  /** The public half, for whoever wants to check what a program has signed. */
  String apkamKey(Enrollment enrollment) {
    String name = enrollment.appName() + "." + enrollment.deviceName();
    return "public:"
        + name.toLowerCase(Locale.ROOT).replaceAll("[\\s\\h]", "")
        + ".pkam.__pkams.__public_keys"
        + self;
  }

  /** The key with which the enrollment signs, while it stands. */
  String signingKey(String id) {
    return "public:_apsk." + id + ".a.__e" + self;
  }

  /** The same once it has been revoked. */
  String revokedSigningKey(String id) {
    return "public:_apsk." + id + ".r.__e" + self;
  }

  /** The same once it has been deleted or has expired. */
  String deletedSigningKey(String id) {
    return "public:_apsk." + id + ".d.__e" + self;
  }

  String passcode(String code) {
    return "private:" + code.toLowerCase(Locale.ROOT) + ".__otp" + self;
  }

  String ownPasscode() {
    return passcode("spp");
  }
}
