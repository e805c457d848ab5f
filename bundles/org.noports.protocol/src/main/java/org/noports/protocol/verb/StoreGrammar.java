package org.noports.protocol.verb;

import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;

/** Reads the verbs that change what is stored. */
final class StoreGrammar {
  private static final String SECRET = "privatekey:at_secret";

  private StoreGrammar() {}

  static Verb read(String name, Cursor rest) throws VerbFailure {
    if (name.equals("delete")) {
      return delete(rest);
    }
    rest.take("nc");
    if (rest.take("json")) {
      return json(rest.rest());
    }
    return rest.take("meta") ? meta(rest) : update(rest);
  }

  private static Verb update(Cursor rest) throws VerbFailure {
    MetadataChange metadata = metadata(rest);
    String keyAndValue = rest.rest();
    int space = keyAndValue.indexOf(' ');
    if (space < 1 || space == keyAndValue.length() - 1) {
      throw VerbFailure.syntax("Invalid syntax. Expected update[:parameters]:key@owner value");
    }
    AtKey key = VerbReader.key(keyAndValue.substring(0, space));
    return update(key, metadata, keyAndValue.substring(space + 1));
  }

  private static Verb update(AtKey key, MetadataChange metadata, String value) throws VerbFailure {
    try {
      return new Update(key, metadata, value);
    } catch (IllegalArgumentException e) {
      throw VerbFailure.syntax("Invalid syntax. A value is one line and not empty");
    }
  }

  private static Verb meta(Cursor rest) throws VerbFailure {
    rest.take("nc");
    MetadataChange before = metadata(rest);
    StringBuilder key = new StringBuilder();
    while (!rest.peek().isEmpty() && key.lastIndexOf("@") <= key.lastIndexOf(":") + 1) {
      String word = rest.peek();
      key.append(key.isEmpty() ? "" : ":").append(word);
      rest.take(word);
    }
    MetadataChange after = metadata(rest);
    if (!rest.atEnd() || key.indexOf("@") < 0) {
      throw VerbFailure.syntax("Invalid syntax. Expected update:meta:key@owner[:parameters]");
    }
    MetadataChange both = before;
    for (MetadataField field : after.changes().keySet()) {
      both = both.with(field, after.text(field).orElse("null"));
    }
    return new UpdateMeta(VerbReader.key(key.toString()), both);
  }

  private static Verb json(String text) throws VerbFailure {
    try {
      JsonObject json = JsonObject.parse("update", text);
      Optional<JsonObject> said = json.object("metadata");
      Metadata metadata = said.isPresent() ? Metadata.parse(said.get()) : Metadata.EMPTY;
      boolean isPublic = said.isPresent() && said.get().flag("isPublic").orElse(false);
      String reader = json.text("sharedWith").map(atSign -> atSign + ":").orElse("");
      String owner = json.text("sharedBy").orElse("");
      String key = json.requireText("atKey");
      String full =
          (isPublic && !key.startsWith("public:") ? "public:" : "")
              + (reader.isEmpty() || reader.startsWith("@") ? reader : "@" + reader)
              + key
              + (owner.isEmpty() || owner.startsWith("@") ? owner : "@" + owner);
      return update(VerbReader.key(full), MetadataChange.of(metadata), json.requireText("value"));
    } catch (ProtocolViolation | IllegalArgumentException e) {
      throw VerbFailure.syntax("Invalid syntax. " + e.getMessage());
    }
  }

  private static Verb delete(Cursor rest) throws VerbFailure {
    boolean force = false;
    boolean more = true;
    while (more) {
      if (rest.flag("force")) {
        force = true;
      } else {
        more = rest.flag("nc") || rest.time("dAt").isPresent() || priority(rest);
      }
    }
    AtKey key = VerbReader.key(rest.rest());
    if (key.toString().startsWith("privatekey:") && !key.toString().equals(SECRET)) {
      throw VerbFailure.syntax(
          "Invalid syntax. Of the atServer's own keys only the secret can be deleted");
    }
    return new Delete(key, force);
  }

  /** Has no meaning here, where each receiver has a lane of its own. */
  private static boolean priority(Cursor rest) throws VerbFailure {
    Optional<String> priority = rest.parameter("priority");
    if (priority.isPresent()) {
      NotifyGrammar.choice(priority.get(), "low", "medium", "high");
    }
    return priority.isPresent();
  }

  /** Takes metadata parameters as long as they come, in any order. */
  static MetadataChange metadata(Cursor rest) throws VerbFailure {
    MetadataChange change = MetadataChange.NONE;
    for (Optional<MetadataField> field = MetadataField.ofParameter(rest.peek());
        field.isPresent();
        field = MetadataField.ofParameter(rest.peek())) {
      String name = rest.peek();
      Optional<String> value =
          field.get().type() == MetadataField.Type.TIME ? rest.time(name) : rest.parameter(name);
      if (value.isEmpty()) {
        return change;
      }
      try {
        change = change.with(field.get(), value.get());
      } catch (IllegalArgumentException e) {
        throw VerbFailure.syntax("Invalid syntax. Wrong value for " + name);
      }
    }
    return change;
  }
}
