package org.noports.atserver.host.enrollment;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;

/** What a request for an enrollment must say, and what it may not. */
final class RequestForm {
  /** They become parts of keys, which are short. */
  private static final Pattern NAME = Pattern.compile("[^@:\\p{Cntrl}]{1,100}");

  private static final Pattern NAMESPACE = Pattern.compile("\\*|[^@:*\\s\\p{Cntrl}]{1,100}");
  private static final Pattern ACCESS = Pattern.compile("rw?x?");

  /** One enrollment names a handful; more would only fill the store. */
  private static final int MOST_NAMESPACES = 100;

  /** Larger texts are no keys; the store is not for them (atprotocol.md 3.6). */
  private static final int MOST_CHARACTERS = 500_000;

  private static final int MOST_APSK_CHARACTERS = 20_000;

  private RequestForm() {}

  static void check(EnrollParams params, RequestEnrollment.Asking asking) {
    need(params, EnrollField.APP_NAME, "appName is mandatory for enroll:request");
    need(params, EnrollField.DEVICE_NAME, "deviceName is mandatory for enroll:request");
    need(params, EnrollField.APKAM_PUBLIC_KEY, "apkam public key is mandatory for enroll:request");
    if (asking == RequestEnrollment.Asking.STRANGER) {
      need(
          params,
          EnrollField.ENCRYPTED_SYMMETRIC_KEY,
          "encrypted apkam symmetric key is mandatory for new client enroll:request");
      if (params.namespaces().isEmpty()) {
        throw refused("At least one namespace must be specified for new client enroll:request");
      }
    }
    allowed(NAME, params.text(EnrollField.APP_NAME).orElseThrow(), "appName");
    allowed(NAME, params.text(EnrollField.DEVICE_NAME).orElseThrow(), "deviceName");
    namespaces(params.namespaces());
    size(params);
  }

  static void checkUpdate(EnrollParams params) {
    for (String fixed : List.of("namespaces", "appName", "deviceName", "apkamKeysExpiryInMillis")) {
      if (params.json().has(fixed)) {
        throw UpdateEnrollment.illegal("cannot change " + fixed);
      }
    }
    boolean something =
        params.text(EnrollField.APKAM_PUBLIC_KEY).isPresent()
            || params.text(EnrollField.SIGNING_ALGO).isPresent()
            || params.text(EnrollField.APSK_LEGACY).isPresent()
            || params.object("apsk").isPresent()
            || params.object("metadata").isPresent();
    if (!something) {
      throw UpdateEnrollment.illegal(
          "must name at least one of apkamPublicKey, signingAlgo, apsk, apskLegacy or metadata");
    }
    size(params);
  }

  private static void namespaces(Map<String, String> namespaces) {
    if (namespaces.size() > MOST_NAMESPACES) {
      throw illegal("more than " + MOST_NAMESPACES + " namespaces");
    }
    namespaces.forEach(
        (name, access) -> {
          allowed(NAMESPACE, name, "namespace");
          allowed(ACCESS, access, "access to a namespace");
          if (name.equals("__e") || name.endsWith(".__e")) {
            throw illegal("namespace " + name + " belongs to the atServer");
          }
        });
  }

  private static void size(EnrollParams params) {
    if (params.json().toJson().length() > MOST_CHARACTERS) {
      throw illegal("more than " + MOST_CHARACTERS + " characters");
    }
    boolean legacy = params.text(EnrollField.APSK_LEGACY).isPresent();
    if (legacy && params.object("apsk").isPresent()) {
      throw illegal("apsk and apskLegacy exclude each other");
    }
    if (params.object("apsk").filter(json -> long20(json.toJson())).isPresent()
        || params.text(EnrollField.APSK_LEGACY).filter(RequestForm::long20).isPresent()) {
      throw illegal("apsk has more than " + MOST_APSK_CHARACTERS + " characters");
    }
  }

  private static boolean long20(String text) {
    return text.length() > MOST_APSK_CHARACTERS;
  }

  /** A field without which nothing can be done. */
  static void need(EnrollParams params, EnrollField field, String otherwise) {
    if (params.text(field).isEmpty()) {
      throw refused(otherwise);
    }
  }

  private static void allowed(Pattern form, String text, String what) {
    if (!form.matcher(text).matches()) {
      throw illegal(what + " has characters that it may not have, or too many");
    }
  }

  /** What the reference says without a code of its own. */
  static Refusal refused(String message) {
    return new Refusal(ErrorCode.INTERNAL_EXCEPTION, message, false);
  }

  private static Refusal illegal(String message) {
    return new Refusal(ErrorCode.ILLEGAL_ARGUMENTS, "enroll: " + message);
  }
}
