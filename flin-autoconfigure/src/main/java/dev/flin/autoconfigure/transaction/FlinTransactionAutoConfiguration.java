package dev.flin.autoconfigure.transaction;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/**
 * Auto-configuration for {@link FlinTransactionManager}: the application's manager of transactions when there is no
 * other, else one that is used only where its name is given.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration",
				"org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration",
				"org.springframework.boot.neo4j.autoconfigure.Neo4jAutoConfiguration",
				"org.springframework.boot.data.neo4j.autoconfigure.DataNeo4jAutoConfiguration" },
		beforeName = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration")
@ConditionalOnClass(AbstractPlatformTransactionManager.class)
@ConditionalOnBean(FlinStore.class)
public final class FlinTransactionAutoConfiguration {

	/** The only manager: {@code @Transactional} uses it. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(TransactionManager.class)
	static class Sole {

		@Bean
		FlinTransactionManager flinTransactionManager(FlinStore store) {
			return new FlinTransactionManager(store);
		}

	}

	/** Beside the application's own: {@code @Transactional("flinTransactionManager")} uses it, nothing else does. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(TransactionManager.class)
	@ConditionalOnMissingBean(FlinTransactionManager.class)
	static class Beside {

		@Bean(autowireCandidate = false)
		FlinTransactionManager flinTransactionManager(FlinStore store) {
			return new FlinTransactionManager(store);
		}

	}

}
