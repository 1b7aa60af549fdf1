package com.claudemesh.identity.apikey;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.AccountSettings;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the keys' service. */
@Dependent
public class ApiKeyWiring {

    @Produces
    @Singleton
    ApiKeys apiKeys(
            Transactions transactions, AuditChainStore audit, MeshDirectory directory, Clock clock, Settings settings) {
        AccountSettings numbers = settings.accounts();
        return new ApiKeys(
                transactions,
                audit,
                directory,
                clock,
                new RateLimiter(numbers.apiKeyBurst(), numbers.apiKeyPerMinute(), System::nanoTime),
                numbers.maxApiKeysPerMesh());
    }
}
