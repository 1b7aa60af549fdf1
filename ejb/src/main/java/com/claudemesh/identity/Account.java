package com.claudemesh.identity;

import com.claudemesh.protocol.id.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person who may sign in. */
@Entity
@Table(schema = "public", name = "account")
public class Account {
    @Id
    private String id;

    @Column(nullable = false)
    private String name;

    private @Nullable String email;

    @Column(nullable = false)
    private String role;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    protected Account() {}

    static Account administrator(String name, Instant now) {
        Account account = new Account();
        account.id = Ids.next();
        account.name = name;
        account.role = "admin";
        account.createdAt = now;
        return account;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }
}
