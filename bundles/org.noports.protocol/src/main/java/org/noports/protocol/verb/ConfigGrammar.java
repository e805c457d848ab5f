package org.noports.protocol.verb;

import java.util.ArrayList;
import java.util.List;
import org.noports.api.AtSign;

/** Reads {@code config}: whom not to speak with, and the settings of an atServer under test. */
final class ConfigGrammar {
  private static final String USAGE =
      "Invalid syntax. Expected config:block:add|remove:@x [@y], config:block:show or"
          + " config:set|reset|print:setting";

  private ConfigGrammar() {}

  static Verb read(Cursor rest) throws VerbFailure {
    if (rest.take("block")) {
      return block(rest);
    }
    for (ConfigSetting.Action action : ConfigSetting.Action.values()) {
      if (rest.take(action.wire())) {
        String setting = rest.rest();
        if (setting.isEmpty()) {
          throw VerbFailure.syntax(USAGE);
        }
        return new ConfigSetting(action, setting);
      }
    }
    throw VerbFailure.syntax(USAGE);
  }

  private static Verb block(Cursor rest) throws VerbFailure {
    if (rest.take(ConfigBlock.Action.SHOW.wire()) && rest.atEnd()) {
      return new ConfigBlock(ConfigBlock.Action.SHOW, List.of());
    }
    boolean add = rest.take(ConfigBlock.Action.ADD.wire());
    if (!add && !rest.take(ConfigBlock.Action.REMOVE.wire())) {
      throw VerbFailure.syntax(USAGE);
    }
    List<AtSign> atSigns = new ArrayList<>();
    for (String name : rest.rest().strip().split(" +")) {
      atSigns.add(VerbReader.atSign(name));
    }
    return new ConfigBlock(
        add ? ConfigBlock.Action.ADD : ConfigBlock.Action.REMOVE,
        atSigns.stream().distinct().toList());
  }
}
