package org.noports.store.mvstore;

import org.noports.api.AtSign;

/** Makes an atSign's space where there is none. */
record MakeSpace(AtSign atSign) implements Mutation<Boolean> {
  @Override
  public Boolean apply(Edit edit) {
    if (edit.find(atSign).isPresent()) {
      return false;
    }
    // An import that was interrupted may have left rows.
    DropSpace.clear(edit, atSign);
    edit.save(atSign, edit.known(atSign).map(Space::made).orElse(Space.NEW));
    return true;
  }
}
