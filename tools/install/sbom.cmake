# SPDX-License-Identifier: Apache-2.0
# Writes DESTINATION/sbom.spdx.json, SPDX 2.3: the kit, and each library of LIBRARIES (name, version, licence, and so
# on), which it is LINKED with (STATIC_LINK, DYNAMIC_LINK). VERSION: the kit's. SOURCE: its folder.
#
# The playground brings the licences of what is in it beside it, in playground-licences.txt.
include(${SOURCE}/tools/install/source_date.cmake)
string(TIMESTAMP created "%Y-%m-%dT%H:%M:%SZ" UTC) # of SOURCE_DATE_EPOCH
string(UUID id NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8 TYPE SHA1
       NAME "hcsproof ${VERSION} ${created} ${LINKED} ${LIBRARIES}")

# package(NAME VERSION LICENCE PURPOSE): one of the document's packages.
set(packages "")
set(relationships "")
function(package name version licence purpose)
  set(packages "${packages},
    {
      \"SPDXID\": \"SPDXRef-${name}\",
      \"name\": \"${name}\",
      \"versionInfo\": \"${version}\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"${licence}\",
      \"licenseDeclared\": \"${licence}\",
      \"copyrightText\": \"NOASSERTION\",
      \"primaryPackagePurpose\": \"${purpose}\"
    }" PARENT_SCOPE)
endfunction()
function(relationship from type to)
  set(relationships "${relationships},
    {\"spdxElementId\": \"SPDXRef-${from}\", \"relationshipType\": \"${type}\", \"relatedSpdxElement\": \"SPDXRef-${to}\"}"
      PARENT_SCOPE)
endfunction()

package(hcsproof ${VERSION} Apache-2.0 APPLICATION)
relationship(DOCUMENT DESCRIBES hcsproof)
while(LIBRARIES)
  list(POP_FRONT LIBRARIES name version licence)
  package(${name} ${version} ${licence} LIBRARY)
  relationship(hcsproof ${LINKED} ${name})
endwhile()
string(SUBSTRING "${packages}" 1 -1 packages) # the first comma
string(SUBSTRING "${relationships}" 1 -1 relationships)

file(WRITE ${DESTINATION}/sbom.spdx.json "{
  \"spdxVersion\": \"SPDX-2.3\",
  \"dataLicense\": \"CC0-1.0\",
  \"SPDXID\": \"SPDXRef-DOCUMENT\",
  \"name\": \"hcsproof-${VERSION}\",
  \"documentNamespace\": \"urn:uuid:${id}\",
  \"creationInfo\": {\"created\": \"${created}\", \"creators\": [\"Tool: hcsproof-${VERSION}\"]},
  \"packages\": [${packages}
  ],
  \"relationships\": [${relationships}
  ]
}
")
file(CHMOD ${DESTINATION}/sbom.spdx.json PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
