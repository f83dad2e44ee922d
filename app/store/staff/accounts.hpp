// Staff accounts of this kiosk: who may sign in, and what happens to wrong PINs.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/base/time.hpp"
#include "app/store/db.hpp"
#include "app/store/journal/journal.hpp"
#include "app/store/patience.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::store {

class Transaction;

enum class StaffRole { Attendant = 1, Supervisor = 2, Administrator = 3 };

struct StaffAccount {
    int id = 0;
    std::string name; // what colleagues call the account, e.g. "Quầy 1"
    StaffRole role = StaffRole::Attendant;
    bool locked = false;    // until an administrator sets a new PIN
    bool phoneCode = false; // a telephone's code is asked for beside the PIN
    bool card = false;      // … or a card; never both
};

/// What became of a try.
struct SignInVerdict {
    std::optional<StaffAccount> account; // right
    std::optional<Instant> waitUntil;    // not looked at before this time
    bool locked = false;
    int triesLeft = 0; // wrong ones before the next wait or the lock
};

/// On the disk thread only. PINs are kept as Argon2id over a hash keyed with the device key: the database
/// alone cannot be searched for them.
///
/// A try is counted, durably, before it is looked at: who pulls the plug in the middle has used it up
/// (reliability.md R16). The counts also stand in a small file beside the database, so that a database
/// restored from its backup does not forget them.
class StaffAccounts {
public:
    static constexpr Patience patience{5, std::chrono::seconds(15), std::chrono::hours(1)};
    static constexpr int triesMost = 15;                     // wrong ones before the account is locked
    static constexpr std::size_t pinLeast = 6, pinMost = 12; // digits

    StaffAccounts(Db& db, Secret<Bytes> deviceKey);

    /// Active ones, by name.
    Result<std::vector<StaffAccount>> list() const;
    /// Only while there is none. Returns the recovery code, which is nowhere else: five groups of four.
    /// Errors: StaffNotAllowed, StaffNameTaken, StaffPinWeak, Store….
    Result<std::string> createFirst(const std::string& name, const Secret<std::string>& pin, Instant at);
    /// `code`: of the account's telephone (phone_code.hpp) or card, where it has one; whether PIN or code was
    /// wrong is not said.
    Result<SignInVerdict> signIn(int id, const Secret<std::string>& pin, const std::string& code, Instant at);
    void signedOut(int id, Instant at);

    /// By an administrator. Errors: StaffNameTaken (empty, too long, in use), StaffPinWeak.
    Result<void> add(int by, const std::string& name, StaffRole role, const Secret<std::string>& pin,
                     Instant at);
    /// Also unlocks.
    Result<void> setPin(int by, int id, const Secret<std::string>& pin, Instant at);
    /// Errors: StaffLastAdministrator.
    Result<void> remove(int by, int id, Instant at);
    /// From now on `id` signs in with a code of the telephone that holds `key` too; `code` shows that it
    /// does. By whom the account is. Errors: StaffCodeWrong.
    Result<void> addPhone(int id, const Secret<Bytes>& key, const std::string& code, Instant at);
    /// From now on `id` signs in with this card too, instead of a telephone: `code` is a hash of what its QR
    /// code says. By whom the account is.
    Result<void> addCard(int id, const std::string& code, Instant at);
    /// Telephone or card, whichever is there. By an administrator, or by whom the account is.
    Result<void> removeSecondFactor(int by, int id, Instant at);
    /// The recovery code opens `id`, an administrator's account, with a new PIN and without telephone or
    /// card. It is counted like a PIN.
    Result<SignInVerdict> recover(const Secret<std::string>& code, int id, const Secret<std::string>& pin,
                                  Instant at);

    /// At every start: tries that the file beside the database knows of and the database does not, since it
    /// was put back to an older copy.
    static Result<void> replayTries(const Db& db);

private:
    struct Tries {
        int wrong = 0;
        Instant at;
    };
    Result<Tries> triesOf(int id) const;
    Result<void> keepTries(int id, const Tries& tries);
    Result<void> commitTries(Transaction& transaction);
    /// Counts the try about to be made; the verdict without an account when it must not be made.
    Result<std::optional<SignInVerdict>> count(int id, Instant at);
    /// What a wrong try has led to.
    SignInVerdict verdictAfter(int wrong, Instant at) const;
    Result<std::optional<StaffAccount>> find(int id) const;
    std::string keyed(int id, std::string_view secret) const;
    Result<void> checkName(const std::string& name) const;
    Result<int> insert(const std::string& name, StaffRole role, const Secret<std::string>& pin, Instant at);
    Result<void> writePin(int id, const Secret<std::string>& pin);
    /// One of them at most: `key` and `step` of a telephone, `card` as it is kept.
    Result<void> writeSecondFactor(int id, const Secret<Bytes>& key, std::int64_t step,
                                   const std::string& card);
    /// What PIN and code are held against; `step` is of the code, 0 where the account has no telephone.
    struct Proof {
        bool right = false;
        std::int64_t step = 0;
    };
    Result<Proof> prove(int id, const Secret<std::string>& pin, const std::string& code, Instant at) const;

    Db& db_;
    Secret<Bytes> deviceKey_;
    Journal journal_;
};

/// Wrong tries, beside the database.
std::string triesPath(const std::string& databasePath);

} // namespace kiosk::store
