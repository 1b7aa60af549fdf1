package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import java.util.Optional;

/** How much is allowed before rules are asked. */
enum ApprovalMode {
    /** Nothing that changes anything; what would be done is shown. */
    PLAN("plan"),
    /** Nothing that changes anything. */
    READ_ONLY("read-only"),
    /** Rules decide. */
    WRITE("write"),
    /** Everything that the machine's administrator does not forbid, without questions. */
    YOLO("yolo");

    static final String OPTION = "--approval-mode";
    private static final String VARIABLE = "CLAUDEMESH_APPROVAL_MODE";

    private final String wire;

    ApprovalMode(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    /**
     * By option, else by variable, else by {@code --yes}.
     *
     * @throws CliException exit code 3 for a mode that there is not
     */
    static ApprovalMode of(Optional<String> option, boolean yes, Host host) {
        return option.or(() -> host.variable(VARIABLE)).map(ApprovalMode::named).orElse(yes ? YOLO : WRITE);
    }

    private static ApprovalMode named(String text) {
        for (ApprovalMode mode : values()) {
            if (mode.wire.equals(text)) {
                return mode;
            }
        }
        throw CliException.invalid("the approval mode must be plan, read-only, write or yolo");
    }

    boolean forbidsChanges() {
        return this == PLAN || this == READ_ONLY;
    }
}
