// The steps of a customer's visit, done by finger on what the screen shows.
#pragma once

#include "app/base/json/json.hpp"
#include "tests/journey/person.hpp"

#include <string>
#include <vector>

namespace kiosk::journey {

/// From Welcome to the list of procedures with the specimen card; agrees to the use of the data.
void identify(Person& person, bool english);
/// Finds the procedure by typing `query` and chooses `code`; begins its form.
void chooseBySearch(Person& person, const std::string& query, const std::string& code);
void chooseTile(Person& person, const std::string& code);
/// Answers every question that is asked until the review is shown: "this is me" where offered, the first of
/// choices, made-up texts that say MAU. Returns the number of form pages passed.
int fillForm(Person& person);
/// Sends, waits for the slip and, when `online`, for the office's acknowledgement.
void send(Person& person, bool online);

/// Compares the dossier as the office received it with the card's truth, field by field; returns what differs
/// in words.
std::vector<std::string> differences(const nlohmann::json& exported, const nlohmann::json& truth,
                                     const std::string& procedure);

} // namespace kiosk::journey
